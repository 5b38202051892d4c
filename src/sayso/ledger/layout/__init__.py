"""What a reading is when it is laid out for questions, and what an answer is: no store here."""
