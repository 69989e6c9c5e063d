package io.earshot.sdk.classic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One notification.
 *
 * @param level the {@code events} level from which it is sent: 1 status and cdr, 2 events, 3 logs
 * @param fields type first
 */
public record Notification(int level, List<String> fields) {
    /** Sent, received, lost, percent lost, and what the server reports: the last fields of a STATUS line. */
    private static final int MEDIA_FIELDS = 5;

    /** The global flags of a STATUS line. */
    record Flags(boolean online, int registered, int inCall) { }

    /**
     * What a STATUS line says of a call beside its state.
     *
     * @param mute above 0 when something is muted
     * @param hold 0 nobody, 2 we, 3 the peer, 4 both
     * @param encrypted -1 not known, 0 no, 1 partially, 2 yes, 3 always
     * @param group who is in its conference, with {@code |} between them; empty when there is none
     */
    record Marks(int mute, int hold, int encrypted, String group) {
        static final Marks NONE = new Marks(0, 0, 0, "");
    }

    /** What a STATUS line says of one endpoint. */
    record Endpoint(String peer, String local, int type, String peerName, String callId) { }

    public Notification {
        fields = List.copyOf(fields);
    }

    static Notification start(String what) {
        return new Notification(1, List.of("START", what));
    }

    static Notification stop() {
        return new Notification(1, List.of("STOP", "api"));
    }

    /** The state of the whole phone. */
    static Notification status(String text) {
        return new Notification(1, List.of("STATUS", "-1", text));
    }

    /** The state of one line: 0 the registration, from 1 on calls. Every such line has all the fields, those that are not known empty. */
    static Notification status(int line, String text, Endpoint of, Flags flags, Marks marks) {
        return new Notification(1, List.of("STATUS", Integer.toString(line), text, of.peer, of.local, Integer.toString(of.type),
                of.peerName, "[" + of.callId + "]", flags.online ? "1" : "0", Integer.toString(flags.registered),
                Integer.toString(flags.inCall), Integer.toString(marks.mute), Integer.toString(marks.hold),
                Integer.toString(marks.encrypted), "0", marks.group, "", "", "", "", ""));
    }

    /** The same with the media counters in their places at its end. */
    Notification withMedia(long sent, long received, long lost, double lossPercent) {
        Stream<String> media = Stream.of(Long.toString(sent), Long.toString(received), Long.toString(lost),
                Long.toString(Math.round(lossPercent)), "");
        return new Notification(level, Stream.concat(fields.stream().limit(fields.size() - MEDIA_FIELDS), media).toList());
    }

    static Notification event(String type, String text) {
        return new Notification(2, List.of("EVENT", type, text));
    }

    static Notification shouldReset(String why) {
        return new Notification(1, List.of("SHOULDRESET", why));
    }

    static Notification line(int number) {
        return new Notification(1, List.of("LINE", Integer.toString(number)));
    }

    static Notification log(String text) {
        return log("EVENT", text);
    }

    /** A line of the log: EVENT, WARNING, ERROR, CRITICAL or RTP. */
    static Notification log(String type, String text) {
        return new Notification(3, List.of("LOG", type, text));
    }

    /** An error or warning in the short form that parsers know beside that of events. */
    static Notification bare(String type, String text) {
        return new Notification(2, List.of(type, text));
    }

    /** Something the user should look at. */
    static Notification popup(String text) {
        return new Notification(2, List.of("POPUP", text));
    }

    static Notification cdr(List<String> fields) {
        return new Notification(1, Stream.concat(Stream.of("CDR"), fields.stream()).toList());
    }

    /** Returns the line as it goes out, without a line break: {@code WPNOTIFICATION,…,NEOL}. */
    public String line() {
        return "WPNOTIFICATION," + String.join(",", fields.stream().map(Notification::oneLine).toList()) + ",NEOL";
    }

    /** Returns the type, the first field. */
    public String type() {
        return fields.get(0);
    }

    /** Returns a field, empty when there is no such one. */
    public Optional<String> field(int index) {
        return index < fields.size() ? Optional.of(fields.get(index)) : Optional.empty();
    }

    private static String oneLine(String field) {
        return field.replace('\r', ' ').replace('\n', ' ');
    }
}
