package io.earshot.dsp.progress;

import io.earshot.dsp.Cadence;
import io.earshot.dsp.ToneSegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The call-progress tones of a country (facts of the list of national tones, ITU-T E.180 Supplement 2). Immutable.
 *
 * <pre>{@code
 * new ToneGenerator(8000, TonePlan.of("GB").cadence(ProgressTone.RINGBACK));
 * }</pre>
 */
public final class TonePlan {
    private static final double LEVEL_DBFS = -19;
    /**
     * Country; then dial | ringback | busy | congestion | waiting, each as frequencies: milliseconds on, off, on, off …; @ so many dB down.
     */
    private static final String[] TABLE = {
        "US|350+440|440+480:2000,4000|480+620:500,500|480+620:250,250|440:300,9700",
        "GB|350+440|400+450:400,200,400,2000|400:375,375|400:400,350,225,525|400:100,2900",
        "AT|420|420:1000,5000|420:400,400|420:200,200|420:40,1960",
        "AU|413+438|413+438:400,200,400,2000|425:375,375|425:375,375,375@10,375|425:200,200,200,4400",
        "BE|425|425:1000,3000|425:500,500|425:167,167|1400:175,175,175,3500",
        "BR|425|425:1000,4000|425:250,250|425:250,250,750,250|425:50,1000",
        "CH|425|425:1000,4000|425:500,500|425:200,200|425:200,200,200,4000",
        "CN|450|450:1000,4000|450:350,350|450:700,700|450:400,4000",
        "CZ|425:330,330,660,660|425:1000,4000|425:330,330|425:165,165|425:330,9000",
        "DE|425|425:1000,4000|425:480,480|425:240,240|425:200,200,200,5000",
        "DK|425|425:1000,4000|425:500,500|425:200,200|425:200,600,200,3000",
        "ES|425|425:1500,3000|425:200,200|425:200,200,200,200,200,600|425:175,175,175,3500",
        "FI|425|425:1000,4000|425:300,300|425:200,200|425:150,150,150,8000",
        "FR|440|440:1500,3500|440:500,500|440:250,250|440:300,9700",
        "GR|425:200,300,700,800|425:1000,4000|425:300,300|425:200,200|425:150,150,150,8000",
        "HU|425|425:1250,3750|425:300,300|425:200,200|425:40,1960",
        "IL|414|414:1000,3000|414:500,500|414:250,250|414:100,100,100,600,600,3000",
        "IN|375+400+425|375+400+425:400,200,400,2000|400:750,750|400:250,250|400:200,100,200,7500",
        "IT|425:200,200,600,1000|425:1000,4000|425:500,500|425:200,200|425:400,100,250,100,150,14000",
        "JP|400|384+416:1000,2000|400:500,500|400:250,250|400:500,4000",
        "MX|425|425:1000,4000|425:500,500|425:250,250|425:200,600,200,10000",
        "NL|425|425:1000,4000|425:500,500|425:250,250|425:500,9500",
        "NO|425|425:1000,4000|425:500,500|425:200,200|425:200,600,200,10000",
        "NZ|400|400+450:400,200,400,2000|400:500,500|400:250,250|400:200,3000",
        "PL|425|425:1000,4000|425:500,500|425:250,250|425:150,150,150,4000",
        "PT|425|425:1000,5000|425:500,500|425:200,200|425:200,200,200,5000",
        "RU|425|425:1000,4000|425:350,350|425:175,175|425:200,5000",
        "SE|425|425:1000,5000|425:250,250|425:250,750|425:200,500",
        "TR|450|450:2000,4000|450:500,500|450:200,200,200,200,200,200,600,200|450:200,600,200,8000",
        "ZA|367+400+433|367+400+433:400,200,400,2000|400:500,500|400:250,250|367+400+433:400,4000"};
    private static final List<Double> SPECIAL = List.of(950.0, 1400.0, 1800.0);
    private static final int SPECIAL_MILLIS = 330;

    private final String country;
    private final Map<ProgressTone, Cadence> tones = new EnumMap<>(ProgressTone.class);

    private TonePlan(String row) {
        String[] fields = row.split("\\|");
        country = fields[0];
        tones.put(ProgressTone.DIAL, cadenceOf(fields[1]));
        tones.put(ProgressTone.RINGBACK, cadenceOf(fields[2]));
        tones.put(ProgressTone.BUSY, cadenceOf(fields[3]));
        tones.put(ProgressTone.CONGESTION, cadenceOf(fields[4]));
        tones.put(ProgressTone.CALL_WAITING, cadenceOf(fields[5]));
        List<ToneSegment> special = new ArrayList<>();
        SPECIAL.forEach(hz -> special.add(ToneSegment.sine(hz, LEVEL_DBFS, SPECIAL_MILLIS)));
        special.add(ToneSegment.silence(1000));
        tones.put(ProgressTone.SPECIAL_INFORMATION, new Cadence(special, Cadence.FOREVER));
    }

    /**
     * Returns the plan of a country.
     *
     * @param country two letters of ISO 3166, in either case
     * @throws IllegalArgumentException when there is none; {@link #countries} lists those there are
     */
    public static TonePlan of(String country) {
        return find(country).orElseThrow(() -> new IllegalArgumentException("no tones of country '" + country + "'; there are "
                + String.join(", ", countries())));
    }

    /** Returns the plan of a country, nothing for a country that the table does not have. */
    public static Optional<TonePlan> find(String country) {
        String code = country.toUpperCase(Locale.ROOT);
        for (String row : TABLE) {
            if (row.startsWith(code + "|")) {
                return Optional.of(new TonePlan(row));
            }
        }
        return Optional.empty();
    }

    /** Returns the countries that {@link #of} knows, in alphabetical order. */
    public static Set<String> countries() {
        Set<String> all = new TreeSet<>();
        for (String row : TABLE) {
            all.add(row.substring(0, row.indexOf('|')));
        }
        return all;
    }

    /** Returns the country's two letters. */
    public String country() {
        return country;
    }

    /** Returns what to play, at -19 dBFS for each frequency unless the tone is one of two levels; it repeats until it is stopped. */
    public Cadence cadence(ProgressTone tone) {
        return tones.get(tone);
    }

    private static Cadence cadenceOf(String text) {
        String[] parts = text.split(":");
        List<Double> frequencies = new ArrayList<>();
        for (String hz : parts[0].split("\\+")) {
            frequencies.add(Double.valueOf(hz));
        }
        if (parts.length == 1) {
            return Cadence.repeating(new ToneSegment(frequencies, LEVEL_DBFS, ToneSegment.ENDLESS));
        }
        List<ToneSegment> segments = new ArrayList<>();
        String[] times = parts[1].split(",");
        for (int i = 0; i < times.length; i++) {
            String[] time = times[i].split("@");
            long millis = Long.parseLong(time[0]);
            double level = time.length > 1 ? LEVEL_DBFS - Double.parseDouble(time[1]) : LEVEL_DBFS;
            segments.add(i % 2 == 0 ? new ToneSegment(frequencies, level, millis) : ToneSegment.silence(millis));
        }
        return new Cadence(segments, Cadence.FOREVER);
    }
}
