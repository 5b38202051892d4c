"""The tables, the engines that hold them, and the indexes by which they are asked."""
