package io.earshot.softphone.model;

import io.earshot.sdk.window.LineView;
import io.earshot.sdk.window.WindowHost;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What happens when the user presses something: classic functions, run by a thread that may block, never by the one that draws; what comes
 * of them is shown by the thread that draws. For any thread.
 */
public final class Desk {
    /** The file of the numbers called, in the data folder when there is one. */
    static final String HISTORY = "softphone-history.txt";
    private static final int CURRENT = -1;
    private static final int AT_ONCE = 2;

    private final WindowHost host;
    private final Executor drawing;
    private final Consumer<Snapshot> view;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * The sound devices of one kind.
     *
     * @param names those there are
     * @param chosen the one in use: a name, Default or All
     */
    public record Devices(List<String> names, String chosen) { }

    /**
     * What a user logs in with.
     *
     * @param extension when it is filled, calls come from this, and the user is for authentication only
     */
    public record Login(String server, String user, String password, String extension, String displayName) { }

    /**
     * Makes a desk.
     *
     * @param drawing the thread that draws
     * @param view what draws
     */
    public Desk(WindowHost host, Executor drawing, Consumer<Snapshot> view) {
        this.host = host;
        this.drawing = drawing;
        this.view = view;
    }

    /** Looks how the phone is, and shows it; of many calls at once some are one. */
    public void refresh() {
        if (asked.compareAndSet(false, true)) {
            host.execute(() -> {
                asked.set(false);
                Snapshot now = Snapshot.of(host);
                drawing.execute(() -> view.accept(now));
            });
        }
    }

    private void run(String function, Object... arguments) {
        host.execute(() -> host.run(function, arguments));
        refresh();
    }

    // ---- account

    /** Registers with what the user wrote; what is empty stays as it is. */
    public void connect(Login login) {
        boolean two = !login.extension.isBlank();
        run("API_Register", login.server.strip(), two ? login.extension.strip() : login.user.strip(), login.password,
                two ? login.user.strip() : "", login.displayName.strip());
    }

    /** Un-registers. */
    public void disconnect() {
        run("API_Unregister", 0);
    }

    // ---- calls

    /** Calls somebody on the current line if it is free, else on the next. */
    public void call(String number) {
        run("API_Call", CURRENT, number.strip());
    }

    /** Calls whom we called last. */
    public void redial() {
        run("API_Call", CURRENT, "");
    }

    /** Answers the call that rings here. */
    public void answer(Snapshot now) {
        now.ringing().ifPresent(call -> run("API_Accept", call.line()));
    }

    /** Answers a call. */
    public void answer(int line) {
        run("API_Accept", line);
    }

    /** Ends the current call, or rejects the one that rings here. */
    public void hangUp(Snapshot now) {
        Optional<LineView> ringing = now.ringing();
        if (ringing.isPresent()) {
            run("API_Reject", ringing.get().line());
        } else {
            run("API_Hangup", now.current().map(LineView::line).orElse(CURRENT));
        }
    }

    /** Rejects a call. */
    public void reject(int line) {
        run("API_Reject", line);
    }

    /** Holds the current call or takes it back. */
    public void hold(Snapshot now) {
        now.current().ifPresent(call -> run("API_Hold", call.line(), !call.isHeldHere()));
    }

    /** Mutes the current call as the parameter defmute says, or un-mutes it. */
    public void mute(Snapshot now) {
        now.current().ifPresent(call -> run("API_Mute", call.line(), !call.muted()));
    }

    /** Transfers the current call; with no number the peers of the two calls are connected. */
    public void transfer(Snapshot now, String number) {
        run("API_Transfer", now.current().map(LineView::line).orElse(CURRENT), number.strip());
    }

    /** Joins the calls there are, or calls somebody and joins him. */
    public void conference(String number) {
        run("API_Conf", number.strip());
    }

    /** Sends a key. */
    public void key(char key) {
        run("API_Dtmf", CURRENT, String.valueOf(key));
    }

    /** Makes a line the current one. */
    public void line(int number) {
        run("API_SetLine", number);
    }

    // ---- texts, sound, history

    /** Sends a text. */
    public void chat(String peer, String text) {
        run("API_SendChat", CURRENT, peer.strip(), "", text);
    }

    /** Sets a volume in percent: 0 microphone, 1 speaker, 2 ringing. */
    public void volume(int device, int percent) {
        host.execute(() -> host.run("API_SetVolume", device, percent));
    }

    /** Reads the volumes: microphone, speaker, ringing. */
    public void volumes(Consumer<List<Integer>> then) {
        ask(() -> Stream.of(0, 1, 2).map(device -> (Integer) host.run("API_GetVolume", device)).toList(), then);
    }

    /** Reads the sound devices: microphones, speakers, ringers. */
    public void devices(Consumer<List<Devices>> then) {
        ask(() -> Stream.of(0, 1, 2).map(device -> new Devices(
                ((String) host.run("API_GetAudioDeviceList", device)).lines().filter(name -> !name.isBlank()).toList(),
                (String) host.run("API_GetAudioDevice", device))).toList(), then);
    }

    /** Chooses a sound device, at once. */
    public void device(int device, String name) {
        host.execute(() -> host.run("API_SetAudioDevice", device, name, AT_ONCE));
    }

    /** Reads the numbers called before, where there is a data folder. */
    public void history(Consumer<History> then) {
        if (host.given("datafolder").isPresent()) {
            ask(() -> (String) host.run("API_LoadFile", HISTORY),
                    text -> then.accept(text.startsWith("ERROR") ? new History() : History.of(text)));
        }
    }

    /** Keeps the numbers called, where there is a data folder. */
    public void keep(History history) {
        if (host.given("datafolder").isPresent()) {
            String text = history.text();
            host.execute(() -> host.run("API_SaveFile", HISTORY, text));
        }
    }

    private <T> void ask(java.util.function.Supplier<T> question, Consumer<T> then) {
        host.execute(() -> {
            T answer = question.get();
            drawing.execute(() -> then.accept(answer));
        });
    }
}
