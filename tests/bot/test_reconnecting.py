from bot.run import pause_after


def test_a_connection_that_keeps_breaking_stays_below_a_thousand_sessions_a_day() -> None:
    pause, seconds, sessions = 0.0, 0.0, 0
    while seconds < 24 * 60 * 60:
        pause = pause_after(pause, lasted=0.5)
        seconds += 0.5 + pause
        sessions += 1
    assert sessions < 300


def test_after_a_good_connection_it_is_made_anew_at_once() -> None:
    assert pause_after(300.0, lasted=3_600.0) == 1.0
    assert pause_after(0.0, lasted=0.0) == 1.0
