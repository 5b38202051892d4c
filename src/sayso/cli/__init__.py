"""One file a command: parse, call a room, print, set the exit code."""
