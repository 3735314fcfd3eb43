"""Operations one step at a time: plain, slow, and made to be read."""
