import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Encryption;
import io.earshot.api.MediaEncryption;
import io.earshot.api.Phone;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.Tone;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A call whose keys, which stand in the SDP, are renewed twice: a program of the modern API, run from its source.
 *
 *     java -cp earshot-all.jar Renewer.java SERVER PORT FOLDER
 *
 * Under each of the keys it sends another tone, records what it hears, and says so; a line of input lets it go on.
 */
public final class Renewer {
    private Renewer() {
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        MediaEncryption keys = MediaEncryption.SDES.withSuites("AES_CM_128_HMAC_SHA1_80").withKeysInClear();
        BufferedReader go = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Phone phone = Phone.builder().listen(new InetSocketAddress("127.0.0.1", port)).rtpPorts(port + 40, port + 59).open()) {
            Account account = phone.register(AccountConfig.of("sip:1001@" + args[0], "secret-1001").withEncryption(keys));
            Call call = account.dial("1004").awaitAnswer();
            for (int hz = 440; hz <= 660; hz += 110) {
                if (hz > 440) {
                    call.security().renewKeys();
                }
                Recording heard = call.audio().record(Path.of(args[2], hz + ".wav"));
                AudioPort tone = call.audio().play(new Tone(hz, 0, -12));
                Encryption now = call.encryption().orElseThrow();
                System.out.println(hz + " " + now.suite() + " by " + now.keys());
                go.readLine();
                tone.close();
                heard.close();
            }
            call.hangup();
            call.awaitEnd();
        }
    }
}
