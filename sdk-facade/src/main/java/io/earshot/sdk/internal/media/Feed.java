package io.earshot.sdk.internal.media;

import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaFeed.Header;
import io.earshot.api.audio.MediaFeed.Side;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Cuts a copy of a call's sound into packets: a sink of the bridge for PCM, a tap for packets. Confined to the media loop. */
final class Feed implements BridgePort, PacketTaps.Tap {
    private static final int MOST_BYTES = 2048;
    private static final byte UNKNOWN = 0;
    private static final byte SILENCE = 1;
    private static final byte SPEECH = 2;

    private final MediaFeed how;
    private final Side side;
    private final CallPort call;
    private final Outlet outlet;
    private final SpeakerWatch voice = new SpeakerWatch();
    private final byte[] text;
    private final ByteBuffer out;
    private boolean begun;

    /** Where packets go; it copies what it keeps, and never waits. */
    interface Outlet {
        void send(Side side, ByteBuffer packet);

        void close();
    }

    Feed(MediaFeed how, Side side, CallPort call, Outlet outlet) {
        this.how = how;
        this.side = side;
        this.call = call;
        this.outlet = outlet;
        String shown = how.header() == Header.LINE_TEXT ? how.line() + "," : how.line() + "," + how.callId() + ",";
        this.text = shown.getBytes(StandardCharsets.UTF_8);
        // The Call-ID may be the peer's, and as long as it likes.
        this.out = ByteBuffer.allocate(MOST_BYTES + 2 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Tells whether it wants packets rather than sound. */
    boolean isTap() {
        return how.form() == MediaFeed.Form.RTP || how.form() == MediaFeed.Form.PAYLOAD;
    }

    /** Sends the mark of the beginning, if one is wanted. */
    void begin() {
        begun = true;
        mark("BOF");
    }

    /** Sends the mark of the end, if one is wanted, and no more. */
    void end() {
        if (begun) {
            begun = false;
            mark("EOF");
        }
        outlet.close();
    }

    private void mark(String name) {
        if (how.marks()) {
            header(UNKNOWN);
            out.put(name.getBytes(StandardCharsets.US_ASCII));
            send();
        }
    }

    private void header(byte heard) {
        out.clear();
        switch (how.header()) {
            case NONE -> { }
            case LINE_TEXT, LINE_AND_CALL_ID_TEXT -> out.put(text);
            case LINE_BYTE -> out.put((byte) how.line());
            case LINE_AND_VOICE_BYTES -> out.put((byte) how.line()).put(heard);
        }
    }

    private void send() {
        outlet.send(side, out.flip());
    }

    @Override
    public int rate() {
        return switch (how.form()) {
            case PCM_8000 -> 8000;
            case PCM_16000 -> 16_000;
            default -> side == Side.INCOMING ? call.rate() : call.sinkRate();
        };
    }

    @Override
    public boolean isSource() {
        return false;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        voice.hear(frame, samples, sound);
        header(voice.isSpeaking() ? SPEECH : SILENCE);
        for (int i = 0; i < samples; i++) {
            out.putShort(frame[i]);
        }
        send();
    }

    @Override
    public void onRemoved() {
        end();
    }

    @Override
    public void packet(Side from, byte[] bytes, int offset, int length, int headerLength) {
        if (from != side || headerLength < 0 || length > MOST_BYTES) {
            return;
        }
        header(UNKNOWN);
        if (how.form() == MediaFeed.Form.RTP) {
            out.put(bytes, offset, length);
        } else {
            int payload = length - headerLength - PacketTaps.padding(bytes, offset, length);
            if (payload <= 0) {
                return;
            }
            out.put(bytes, offset + headerLength, payload);
        }
        send();
    }
}
