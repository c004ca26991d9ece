"""`python -m reelwright` is `reelwright`."""

from reelwright.main import main

if __name__ == "__main__":
    main()
