"""A language server: what ``factcheck`` finds, in an editor, while one writes.

``features`` lists what the editor reports and asks, ``server`` holds what is open and what was found, ``article`` and ``checkers`` check,
``presentation`` puts findings into the protocol's values, ``settings`` says what is checked with. Needs the extra ``lsp``.
"""
