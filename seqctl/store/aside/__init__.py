"""What is put aside on this machine for a while, out of memory, whatever engine the book is on."""
