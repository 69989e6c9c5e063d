package io.earshot.api.audio;

/**
 * One or two sine waves.
 *
 * @param hz 1 to 20000
 * @param secondHz 0 for none
 * @param levelDb level of each in dB below full scale, -60 to 0
 */
public record Tone(double hz, double secondHz, double levelDb) {
    public Tone {
        if (!(hz >= 1 && hz <= 20_000)) {
            throw new IllegalArgumentException("tone frequency must be 1 to 20000 Hz, not " + hz);
        }
        if (!(secondHz == 0 || secondHz >= 1 && secondHz <= 20_000)) {
            throw new IllegalArgumentException("second tone frequency must be 0 or 1 to 20000 Hz, not " + secondHz);
        }
        if (!(levelDb >= -60 && levelDb <= 0)) {
            throw new IllegalArgumentException("tone level must be -60 to 0 dB, not " + levelDb);
        }
    }

    /** Returns a single tone at -12 dB. */
    public static Tone of(double hz) {
        return new Tone(hz, 0, -12);
    }
}
