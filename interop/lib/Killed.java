import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Format;
import io.earshot.api.audio.Tone;
import io.earshot.api.chat.MessageOutcome;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import webphone.webphone;

/**
 * A program that is killed (SIGKILL) again and again as it writes contacts, settings, parameters, files, chat, a recording. Each start
 * first looks for all that the ones before it were told is safe.
 *
 *     java -cp earshot-all.jar:CLASSES Killed TIMES PORT FOLDER [SEED]
 *
 * Prints how much was written and found; ends with 1 when something was lost or a start was not clean.
 */
public final class Killed {
    private static final List<String> KINDS = List.of("contact", "setting", "parameter", "file", "chat", "recording");

    private Killed() { }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("child")) {
            new Child(Path.of(args[1]), Integer.parseInt(args[2]), args).run();
        } else {
            long seed = args.length > 3 ? Long.parseLong(args[3]) : System.nanoTime();
            int port = Integer.parseInt(args[1]);
            away(new DatagramSocket(new InetSocketAddress("127.0.0.1", port + 6)));
            System.exit(parent(Integer.parseInt(args[0]), port, Path.of(args[2]), seed) ? 0 : 1);
        }
    }

    /** Answers each request: 480 Temporarily Unavailable. */
    private static void away(DatagramSocket socket) {
        Thread server = new Thread(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            while (true) {
                try {
                    packet.setLength(65_536);
                    socket.receive(packet);
                    String kept = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8).lines()
                            .filter(line -> line.matches("(?i)(via|from|to|call-id|cseq):.*")).collect(Collectors.joining("\r\n"));
                    byte[] answer = ("SIP/2.0 480 Away\r\n" + kept + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        server.setDaemon(true);
        server.start();
    }

    private static boolean parent(int times, int port, Path folder, long seed) throws Exception {
        Random random = new Random(seed);
        Map<String, Integer> safe = new TreeMap<>();
        KINDS.forEach(kind -> safe.put(kind, 0));
        System.out.println("seed " + seed);
        for (int turn = 1; turn <= times + 1; turn++) {
            boolean last = turn > times;
            if (!turn(folder, port, last, (turn % 5 == 0 ? 3000 : 50) + random.nextInt(700), safe)) {
                System.out.println("start " + turn + " failed");
                return false;
            }
        }
        System.out.println("killed " + times + " times; kept " + safe);
        return !safe.containsValue(0);
    }

    /** Starts a child, kills it some time after it began to write, and adds to {@code safe} what it said is written. */
    private static boolean turn(Path folder, int port, boolean last, int after, Map<String, Integer> safe) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "Killed", "child", folder.toString(), Integer.toString(port), last ? "look"
                : "write"));
        command.addAll(1, ManagementFactory.getRuntimeMXBean().getInputArguments());
        KINDS.forEach(kind -> command.add(Integer.toString(safe.get(kind))));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> said = new ArrayList<>();
        boolean clean = false;
        try (BufferedReader lines = child.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
                clean |= line.equals("clean");
                if (line.startsWith("safe recording")) {
                    Thread killer = new Thread(() -> {
                        try {
                            TimeUnit.MILLISECONDS.sleep(after);
                            child.destroyForcibly();
                        } catch (InterruptedException stop) {
                            Thread.currentThread().interrupt();
                        }
                    });
                    killer.start();
                }
                if (line.startsWith("safe ")) {
                    String[] words = line.split(" ");
                    safe.put(words[1], Integer.parseInt(words[2]));
                }
            }
        } catch (IOException killedInTheMiddle) {
            said.add(killedInTheMiddle.toString());
        }
        child.waitFor();
        if (!clean || last && child.exitValue() != 0) {
            said.forEach(System.out::println);
            return false;
        }
        return true;
    }

    /** What is killed. */
    private static final class Child {
        private final Path folder;
        private final int port;
        private final boolean write;
        private final Map<String, Integer> expected = new HashMap<>();
        private final webphone classic = new webphone();

        Child(Path folder, int port, String[] args) {
            this.folder = folder;
            this.port = port;
            this.write = args[3].equals("write");
            for (int i = 0; i < KINDS.size(); i++) {
                expected.put(KINDS.get(i), Integer.parseInt(args[4 + i]));
            }
        }

        private static void say(String text) {
            System.out.println(text);
            System.out.flush();
        }

        private static void lost(String what) {
            say("LOST " + what);
            System.exit(3);
        }

        void run() throws Exception {
            classic.API_SetParameter("datafolder", folder.resolve("classic").toString());
            classic.API_SetParameter("iscommandline", "0");
            classic.API_SetParameter("wpapi", "0");
            classic.API_SetParameter("autocfgsave", "3");
            classic.API_SetParameter("localip", "127.0.0.1");
            classic.API_SetParameter("signalingport", Integer.toString(port + 4));
            if (!classic.API_Start()) {
                lost("the start: " + classic.API_GetNotifications());
            }
            try (Phone phone = Phone.builder().listen(new InetSocketAddress("127.0.0.1", port)).dataFolder(folder.resolve("phone")).open();
                    Phone peer = Phone.builder().listen(new InetSocketAddress("127.0.0.1", port + 2)).open()) {
                Account account = phone.addAccount(AccountConfig.of("sip:1001@127.0.0.1:" + (port + 6), "secret"));
                look(account);
                say("clean");
                if (write) {
                    peer.addAccount(AccountConfig.of("sip:peer@127.0.0.1:" + (port + 2), "secret"));
                    peer.onCall(call -> call.answer());
                    Call call = account.dial("sip:peer@127.0.0.1:" + (port + 2)).awaitAnswer();
                    call.audio().play(new Tone(440, 0, -12));
                    write(account, call);
                }
            }
            classic.API_Stop();
            System.exit(0);
        }

        private void look(Account account) throws IOException {
            for (int i = 1; i <= expected.get("contact"); i++) {
                String contact = classic.API_GetContactSIP("name" + i);
                if (!contact.contains("user" + i)) {
                    lost("contact " + i + ": '" + contact + "'");
                }
            }
            int setting = expected.get("setting");
            String said = classic.API_GetBlacklist();
            int held = said.startsWith("nobody") ? Integer.parseInt(said.substring(6)) : 0;
            if (held < setting) {
                lost("setting " + setting + ": '" + said + "'");
            }
            int parameter = expected.get("parameter");
            String status = classic.API_GetProfileStatusText("");
            if (parameter > 0 && !(status.startsWith("status") && Integer.parseInt(status.substring(6)) >= parameter)) {
                lost("parameter " + parameter + ": '" + status + "'");
            }
            for (int i = Math.max(1, expected.get("file") - 20); i <= expected.get("file"); i++) {
                String content = classic.API_LoadFile("file" + i + ".txt");
                if (!content.equals("content" + i)) {
                    lost("file " + i + ": '" + content + "'");
                }
            }
            List<String> queued = account.messages().queued().stream().map(message -> message.text()).toList();
            for (int i = 1; i <= expected.get("chat"); i++) {
                if (!queued.contains("text" + i)) {
                    lost("chat " + i + " of " + queued.size() + " queued");
                }
            }
            recordings();
        }

        /** Each recording must be playable, and hold all but the last second of what was recorded. */
        private void recordings() throws IOException {
            Path calls = Files.createDirectories(folder.resolve("calls"));
            long longest = 0;
            try (Stream<Path> files = Files.list(calls)) {
                for (Path file : files.toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    longest = Math.max(longest, bytes.length);
                    if (bytes.length == 0) {
                        continue; // killed between making the file and its first byte: nothing was recorded yet
                    }
                    if (bytes.length < 44 || bytes[0] != 'R' || little(bytes, 4) + 8 > bytes.length || little(bytes, 4)
                            + 8 < bytes.length - 64_000) {
                        lost("recording " + file.getFileName() + " of " + bytes.length + " bytes");
                    }
                }
            }
            if (!write && longest < 16_000) {
                lost("recordings: the longest has " + longest + " bytes");
            }
        }

        private static int little(byte[] bytes, int at) {
            return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | (bytes[at + 3] & 0xff) << 24;
        }

        private void write(Account account, Call call) {
            int recording = expected.get("recording") + 1;
            call.audio().record(folder.resolve("calls").resolve("call" + recording + ".wav"),
                    RecordingConfig.DEFAULT.withFormat(Format.WAV));
            say("safe recording " + recording);
            for (int i = 1; i < 100_000; i++) {
                int contact = expected.get("contact") + i;
                if (classic.API_AddContact("name" + contact + ",user" + contact + "@example.com,123")) {
                    say("safe contact " + contact);
                }
                int setting = expected.get("setting") + i;
                if (classic.API_SetBlacklist("nobody" + setting)) {
                    say("safe setting " + setting);
                }
                int parameter = expected.get("parameter") + i;
                if (classic.API_SetParameter("profilestatustext", "status" + parameter)) {
                    say("safe parameter " + parameter);
                }
                int file = expected.get("file") + i;
                if (classic.API_SaveFile("file" + file + ".txt", "content" + file)) {
                    say("safe file " + file);
                }
                int chat = expected.get("chat") + i;
                if (account.messages().send("sip:away@127.0.0.1:" + (port + 6), "text" + chat).kind() == MessageOutcome.Kind.QUEUED) {
                    say("safe chat " + chat);
                }
            }
        }
    }
}
