"""`python -m sayso` is `sayso`."""

from sayso.cli.start import main

if __name__ == "__main__":
    main()
