package io.earshot.dsp.dtmf;

/** The keypad of ITU-T Q.23: rows are low frequencies, columns high ones. Stateless. */
final class DtmfFrequencies {
    private static final String KEYS = "123A456B789C*0#D";
    private static final double[] LOW = {697, 770, 852, 941};
    private static final double[] HIGH = {1209, 1336, 1477, 1633};

    private DtmfFrequencies() {
    }

    /** Returns the place on the keypad, 0 to 15, -1 for what is no digit. */
    static int key(char digit) {
        return KEYS.indexOf(Character.toUpperCase(digit));
    }

    static char digit(int row, int column) {
        return KEYS.charAt(4 * row + column);
    }

    static double lowHz(int key) {
        return LOW[key / 4];
    }

    static double highHz(int key) {
        return HIGH[key % 4];
    }

    static int row(double hz, double tolerance) {
        return nearest(LOW, hz, tolerance);
    }

    static int column(double hz, double tolerance) {
        return nearest(HIGH, hz, tolerance);
    }

    private static int nearest(double[] nominal, double hz, double tolerance) {
        for (int i = 0; i < nominal.length; i++) {
            if (Math.abs(hz - nominal[i]) <= tolerance * nominal[i]) {
                return i;
            }
        }
        return -1;
    }
}
