package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.FinalCodec;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that hung up on an ACK with a codec gets empty ones from the next start on. */
@Timeout(30)
class FinalCodecKeptTest {
    private static final String TWO = WirePeer.sdp(4000).replace("RTP/AVP 0", "RTP/AVP 0 8");

    @Test
    void aRestartKeepsWhatWasLearntOfAServer(@TempDir Path folder) throws Exception {
        try (WirePeer gateway = new WirePeer()) {
            assertTrue(namesCodec(folder, gateway));
            assertFalse(namesCodec(folder, gateway));
        }
    }

    @Test
    void withoutADataFolderEachStartBeginsAnew() throws Exception {
        try (WirePeer gateway = new WirePeer()) {
            assertTrue(namesCodec(null, gateway));
            assertTrue(namesCodec(null, gateway));
        }
    }

    /** A phone calls the gateway, which hangs up at the ACK; tells whether that named a codec. */
    private static boolean namesCodec(Path folder, WirePeer gateway) throws Exception {
        PhoneBuilder builder = Rig.builder().closeTimeout(Duration.ofMillis(100))
                .codecs(CodecPreferences.DEFAULT.withFinalCodec(FinalCodec.AUTOMATIC));
        try (Phone phone = (folder == null ? builder : builder.dataFolder(folder)).open()) {
            Call call = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1")).dial("sip:x@" + gateway.address());
            String invite = gateway.request("INVITE");
            gateway.answer(invite, "200 OK", "a", "", TWO);
            String ack = gateway.request("ACK");
            call.awaitAnswer();
            gateway.within(invite, true, 1, "BYE", "", "");
            call.awaitEnd();
            return ack.contains("m=audio");
        }
    }
}
