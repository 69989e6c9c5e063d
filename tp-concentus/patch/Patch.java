import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Changes Concentus' sources before they are compiled: {@code java Patch.java FROM TO}. What RFC 8251 changed in
 * the folding of CELT's bands (section 9) is brought in; what lives only as long as a frame comes from {@code Scratch}, so that a frame
 * leaves nothing to collect, and what a reset made anew is cleared instead; and sums no longer check themselves. Each replacement must
 * match as often as it says, else the build fails.
 */
final class Patch {
    /** Nothing in these belongs to one frame, or a call of ours never gets there. */
    private static final Set<String> UNTOUCHED = Set.of("Arrays", "CeltMode", "CeltTables", "SilkTables", "OpusTables", "OpusMSDecoder",
        "OpusMSEncoder", "OpusMultistream", "OpusPacketInfo", "OpusRepacketizer", "SpeexResampler", "VorbisLayout", "BoxedValue");
    /** A new array in a method, of one dimension, without a list of its elements; the size may hold one pair of brackets. */
    private static final Pattern ARRAY = Pattern.compile("new (int|long|short|byte|float)\\[((?:[^\\[\\]]|\\[[^\\[\\]]*\\])+)\\](?!\\[)");
    private static final Pattern ROWS = Pattern.compile("new (int|byte)\\[([^\\[\\]]+)\\]\\[\\]");
    private static final Pattern ZEROS = Pattern.compile("(int|short)\\[\\] (\\w+) = (?:new \\1\\[\\])?\\{(0(?:, 0)*)\\};");
    private static final Pattern GRID = Pattern.compile("Arrays\\.InitTwoDimensionalArray(Int|Byte)\\(");
    private static final Pattern OBJECT = Pattern.compile("new (BoxedValueInt|BoxedValueShort|BoxedValueByte|EntropyCoder|AnalysisInfo"
        + "|SilkNSQState|SilkEncoderControl|SilkDecoderControl|SilkResamplerState|EncControlState|band_ctx|split_ctx|NSQ_sample_struct"
        + "|NSQ_del_dec_struct|silk_pe_stage3_vals)\\(");
    private static final Pattern OBJECTS = Pattern.compile("new (NSQ_sample_struct|NSQ_del_dec_struct|silk_pe_stage3_vals)\\[([^\\]]+)\\]");
    /** Fields, and what is kept in them. */
    private static final Pattern KEPT = Pattern.compile("^ {0,4}\\S|^ *(?:public |private |static )*final "
            + "|this\\.[A-Za-z_0-9]+(?:\\[c\\])? = "
        + "|^ *sAR2_Q14 = |^ *//|indices_LBRR");

    private Patch() {
    }

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        Path to = Path.of(arguments[1]);
        Files.createDirectories(to);
        List<Path> files;
        try (Stream<Path> found = Files.list(from)) {
            files = found.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
        int pooled = 0;
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".java", "");
            String source = particular(name, Files.readString(file).replace("\r\n", "\n"));
            if (!UNTOUCHED.contains(name)) {
                String changed = source.lines().map(Patch::scratch).reduce(new StringBuilder(), (all, line) -> all.append(line)
                        .append('\n'),
                    StringBuilder::append).toString();
                pooled += changed.split("Scratch\\.", -1).length - 1;
                source = changed;
            }
            Path target = to.resolve(file.getFileName());
            if (Files.notExists(target) || !Files.readString(target).equals(source)) { // else the compiler would compile it again
                Files.writeString(target, source);
            }
        }
        if (pooled < 400) {
            throw new IllegalStateException("only " + pooled + " allocations recognised: is this another release of Concentus?");
        }
    }

    private static String scratch(String line) {
        if (KEPT.matcher(line).find()) {
            return line;
        }
        String changed = ROWS.matcher(line).replaceAll("Scratch.$1Rows($2)");
        changed = ZEROS.matcher(changed).replaceAll(zeros -> zeros.group(1) + "[] " + zeros.group(2) + " = Scratch." + zeros.group(1)
            + "s(" + zeros.group(3).split(",").length + ");");
        changed = ARRAY.matcher(changed).replaceAll("Scratch.$1s($2)");
        changed = GRID.matcher(changed).replaceAll(grid -> "Scratch." + grid.group(1).toLowerCase() + "s(");
        changed = OBJECTS.matcher(changed).replaceAll("Scratch.$1s($2)");
        return OBJECT.matcher(changed).replaceAll("Scratch.$1(");
    }

    private static String particular(String name, String source) {
        return switch (name) {
            case "CeltDecoder", "CeltEncoder" -> kept(source);
            case "Bands" -> hoisted(folding(source), "short", "exp2_table8");
            case "DecodeAPI" -> hoisted(source, "int", "mult_tab");
            case "Inlines" -> arithmetic(source);
            case "SilkNSQState" -> nested(source);
            default -> source;
        };
    }

    /** RFC 8251 section 9: the second band of hybrid mode folds from the first, which is narrower. */
    private static String folding(String source) {
        String offset = once(source, "(M \\* eBands\\[i\\] - N >= M \\* eBands\\[start\\]) && ", "($1 || i == start + 1) && ");
        String filled = once(offset, "(lowband_offset = i;\\s+\\})", "$1\n            if (i == start + 1) {\n"
            + "                Folding.widenFirstBand(norm, norm2, eBands, start, M, dual_stereo != 0);\n            }");
        return once(filled, "M \\* eBands\\[\\+\\+fold_end\\] < ", "++fold_end < i && M * eBands[fold_end] < ");
    }

    /**
     * Makes the arithmetic that of a release build of libopus: sums do not check themselves for overflow, those that saturate do so at both
     * ends, products are of 64 bits and the same to the last bit, and the logarithm counts zeros.
     */
    private static String arithmetic(String source) {
        Matcher checks = Pattern.compile("\n *Inlines\\.OpusAssert\\((?:\\(long\\) )?re[ts] == .*\\);").matcher(source);
        if (checks.results().count() != 9) {
            throw new IllegalStateException("not nine sums that check themselves");
        }
        String changed = checks.reset().replaceAll("");
        changed = method(changed, "int silk_ADD_SAT32(int a32, int b32)", "return silk_SAT32((long) a32 + b32);");
        changed = method(changed, "int silk_SUB_SAT32(int a32, int b32)", "return silk_SAT32((long) a32 - b32);");
        changed = method(changed, "int silk_SMULWW(int a32, int b32)", "return (int) ((long) a32 * b32 >> 16);");
        changed = method(changed, "int silk_SMLAWW(int a32, int b32, int c32)", "return a32 + (int) ((long) b32 * c32 >> 16);");
        changed = method(changed, "int silk_SMULWT(int a32, int b32)", "return (int) ((long) a32 * (b32 >> 16) >> 16);");
        changed = method(changed, "int silk_SMLAWT(int a32, int b32, int c32)", "return a32 + (int) ((long) b32 * (c32 >> 16) >> 16);");
        changed = method(changed, "int MULT16_32_Q15(short a, int b)", "return (int) ((long) a * b >> 15);");
        changed = method(changed, "int MULT16_32_Q15(int a, int b)", "return (int) ((long) a * b >> 15);");
        changed = method(changed, "int silk_SQRT_APPROX(int x)", "if (x <= 0) {\n            return 0;\n        }\n"
            + "        int zeros = silk_CLZ32(x);\n        int y = ((zeros & 1) != 0 ? 32768 : 46214) >> (zeros >> 1);\n"
            + "        return silk_SMLAWB(y, y, silk_SMULBB(213, silk_ROR32(x, 24 - zeros) & 0x7f));");
        return method(changed, "int EC_ILOG(long x)", "return x == 0 ? 1 : 32 - Integer.numberOfLeadingZeros((int) x);");
    }

    /** Gives a method another body. */
    private static String method(String source, String head, String body) {
        String start = "static " + head + " {\n";
        int at = source.indexOf(start);
        int end = source.indexOf("\n    }\n", at);
        if (at < 0 || end < 0 || source.indexOf(start, at + 1) >= 0) {
            throw new IllegalStateException("not exactly one " + head);
        }
        return source.substring(0, at + start.length()) + "        " + body + source.substring(end);
    }

    /** Makes a local table a constant. */
    private static String hoisted(String source, String type, String table) {
        Matcher local = Pattern.compile(type + "\\[\\] " + table + "\\s+= (\\{[^}]*\\};)").matcher(source);
        if (!local.find()) {
            throw new IllegalStateException("no " + table);
        }
        String constant = "    private static final " + type + "[] " + table.toUpperCase() + " = " + local.group(1) + "\n}\n";
        String used = source.substring(0, local.start()) + source.substring(local.end()).replace(table + "[", table.toUpperCase() + "[");
        return used.substring(0, used.lastIndexOf('}')) + constant;
    }

    /** A reset of CELT clears what it has kept, instead of leaving it to be collected. */
    private static String kept(String source) {
        String fields = "decode_mem|lpc|oldEBands|oldLogE2?|backgroundLogE|in_mem|prefilter_mem|oldBandE";
        int nulls = Pattern.compile("\n {8}(?:" + fields + ") = null;").matcher(source).results().toList().size();
        String changed = source.replaceAll("\n {8}(?:" + fields + ") = null;", "");
        changed = changed.replaceAll("this\\.(" + fields + ") = new int\\[([^\\]]+)\\]\\[\\];", "this.$1 = Reuse.rows(this.$1, $2);");
        changed = changed.replaceAll("this\\.(" + fields + ")(\\[c\\])? = new int\\[([^;]+)\\];", "this.$1$2 = Reuse.ints(this.$1$2, $3);");
        changed = changed.replaceAll("this\\.(" + fields + ") = Arrays\\.InitTwoDimensionalArrayInt\\(([^;]+)\\);",
            "this.$1 = Reuse.grid(this.$1, $2);");
        int reused = changed.split("= Reuse\\.", -1).length - 1;
        if (nulls < 5 || reused < nulls) {
            throw new IllegalStateException("only " + nulls + " arrays recognised, " + reused + " of them kept");
        }
        return changed;
    }

    /** Scratch hands these out for any state, hence they may not belong to one. */
    private static String nested(String source) {
        return once(once(source, "private class NSQ_del_dec_struct", "static class NSQ_del_dec_struct"), "private class NSQ_sample_struct",
            "static class NSQ_sample_struct");
    }

    private static String once(String source, String pattern, String replacement) {
        Matcher matcher = Pattern.compile(pattern).matcher(source);
        if (matcher.results().count() != 1) {
            throw new IllegalStateException("not exactly one " + pattern);
        }
        return matcher.reset().replaceFirst(replacement);
    }
}
