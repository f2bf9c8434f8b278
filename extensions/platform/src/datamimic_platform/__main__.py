"""`python -m datamimic_platform` is `syndata`."""

from datamimic_platform.commands.main import main

if __name__ == "__main__":
    main()
