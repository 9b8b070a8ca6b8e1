"""A language server: what ``factcheck`` finds, in an editor, while one writes.

``server`` speaks the protocol, ``article`` holds what is known of an open article, ``presentation`` puts findings into the protocol's
values, ``settings`` and ``checkers`` say what is checked with. Needs the extra ``lsp``.
"""
