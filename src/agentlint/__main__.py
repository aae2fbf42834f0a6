"""`python -m agentlint`: drop the working directory from the path before anything is imported from it."""

import sys

if sys.path and not sys.flags.safe_path:
    del sys.path[0]

from agentlint.cli import main  # nothing may be imported before the line above

main()
