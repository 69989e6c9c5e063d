package io.earshot.sdk.internal.call;

import io.earshot.api.DtmfMethod;
import io.earshot.api.DtmfOptions;
import io.earshot.api.NetworkConfig;
import io.earshot.api.SignallingConfig;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.time.Ticker;
import io.earshot.sip.ua.CallPolicy;
import io.earshot.api.tunnel.TunnelConfig;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a phone, checked.
 *
 * @param listen local SIP address; the wildcard and port 0 are allowed
 * @param firstRtpPort even
 * @param lastRtpPort above the first
 * @param rtp how calls use RTP and RTCP
 * @param userAgent for the User-Agent header
 * @param codecs names in order of preference; empty for all
 * @param codecUse what is done with them
 * @param closeTimeout how long closing waits for peers
 * @param followRedirects whether 3xx answers to our calls are followed
 * @param calls which extensions of calls are used
 * @param audio name of the sound system
 * @param network TLS, ports, types of service
 * @param dataFolder where to keep what has to survive; empty keeps nothing
 * @param networkCheck how often the addresses of this machine are looked at; zero for never
 * @param webSocket where and how WebSocket clients are let in
 * @param signallingStyle timers, keep-alives and the like
 * @param devices which microphone, speaker and ringer
 * @param dtmf how keys are sent
 * @param voice what is done to the microphone's sound
 * @param tunnel what everything goes through, or may go through
 */
public record PhoneSettings(InetSocketAddress listen, int firstRtpPort, int lastRtpPort, RtpSettings rtp, String userAgent,
        List<String> codecs, CodecPreferences codecUse, Duration closeTimeout, boolean followRedirects, CallPolicy calls, String audio,
        NetworkConfig network, Optional<Path> dataFolder, Duration networkCheck, WebSocketDoor webSocket,
        SignallingConfig signallingStyle, AudioSetup devices, DtmfOptions dtmf, VoiceProcessing voice,
        Optional<TunnelConfig> tunnel) {
    /** Tells whether peers are to send keys as events: one that sends tones listens for tones. */
    boolean offersEvents() {
        return dtmf.method() != DtmfMethod.IN_BAND && dtmf.method() != DtmfMethod.INFO_AND_IN_BAND;
    }

    long networkCheckNanos() {
        return networkCheck.isZero() ? Ticker.NEVER : networkCheck.toNanos();
    }
}
