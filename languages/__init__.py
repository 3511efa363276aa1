"""The words of the house: messages in the reader's language, dates and numbers as it writes them."""
