"""What a paper is and what happens to it: no Discord, no SQL, no scheduler."""
