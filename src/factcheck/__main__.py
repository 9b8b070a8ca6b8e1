"""``python -m factcheck``."""

from factcheck.commands import main

if __name__ == "__main__":
    main()
