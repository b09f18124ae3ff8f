"""Planning what counters stand at: first values, gap records, and counters of a sequence that counts anew."""
