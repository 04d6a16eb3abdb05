"""`python -m mockhall` is `mockhall`."""

from mockhall.cli import main

main()
