"""Reading text: sentences, words, numbers, quotes, times, names, credits. Pure functions."""
