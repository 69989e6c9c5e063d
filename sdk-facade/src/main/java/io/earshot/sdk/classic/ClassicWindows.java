package io.earshot.sdk.classic;

import io.earshot.sdk.internal.loop.Lazy;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.window.PhoneWindows;
import io.earshot.sdk.window.PhoneWindows.Kind;
import io.earshot.sdk.window.WindowProvider;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The windows of a phone, where a module that draws them is there (B-007: everything else works without). Safe for use by any thread. */
public final class ClassicWindows {
    private static final Logger LOG = LoggerFactory.getLogger(ClassicWindows.class);

    private final ClassicPhone phone;
    private final Published<Supplier<Optional<WindowProvider>>> source = new Published<>(ClassicWindows::found);
    private final Lazy<PhoneWindows> windows = new Lazy<>(this::make);
    private final Published<Runnable> closed = new Published<>(() -> { });

    ClassicWindows(ClassicPhone phone) {
        this.phone = phone;
    }

    /** Takes windows from here instead of a module. */
    void from(WindowProvider provider) {
        source.set(() -> Optional.of(provider));
    }

    /** Sets what happens when the user closes the window of the phone; nothing, unless the window is the program. */
    public void onClosed(Runnable then) {
        closed.set(then);
    }

    void closed() {
        closed.get().run();
    }

    /** Tells whether parameters ask for the window at start: {@code iscommandline=false}. */
    public boolean isWanted() {
        return !phone.parameters().isOn("iscommandline");
    }

    /** Opens the window of the phone and starts the phone if it is not; tells whether it can, else an ERROR notification has said why. */
    public boolean open() {
        return show(Kind.PHONE, "") && (phone.isStarted() || phone.begin());
    }

    /** Opens a window; tells whether it can, else an ERROR notification has said why. */
    boolean show(Kind kind, String peer) {
        Optional<String> forbidden = forbidden(kind);
        if (forbidden.isPresent()) {
            return refused(kind, "the parameter " + forbidden.get());
        }
        try {
            windows.get().show(kind, peer);
            return true;
        } catch (IllegalStateException none) {
            return refused(kind, none.getMessage());
        }
    }

    private boolean refused(Kind kind, String why) {
        phone.send(Notification.event("ERROR", "There is no " + kind.word() + " window: " + why + "."));
        return false;
    }

    private Optional<String> forbidden(Kind kind) {
        ClassicParameters from = phone.parameters();
        boolean hidden = kind == Kind.PHONE && tiny(from, "applet_size_width") && tiny(from, "applet_size_height");
        return !from.isOn("hasgui") ? Optional.of("hasgui is false")
                : kind == Kind.LOG && !from.isOn("canopenlogview") ? Optional.of("canopenlogview is false")
                : kind == Kind.DEVICES && !from.isOn("hasaudio") ? Optional.of("hasaudio is false")
                : hidden ? Optional.of("applet_size_width is " + from.number("applet_size_width") + ", which hides it") : Optional.empty();
    }

    private static boolean tiny(ClassicParameters from, String size) {
        return from.number(size) <= 1;
    }

    private PhoneWindows make() {
        WindowProvider provider = source.get().get()
                .orElseThrow(() -> new IllegalStateException("the module softphone is not there"));
        provider.obstacle().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        return provider.windows(new ClassicWindowHost(phone));
    }

    private static Optional<WindowProvider> found() {
        try {
            return ServiceLoader.load(WindowProvider.class).findFirst();
        } catch (ServiceConfigurationError broken) {
            LOG.warn("A module that draws windows cannot be loaded", broken);
            return Optional.empty();
        }
    }

    /** A notification goes to the windows too, whatever {@code events} says. */
    void on(Notification notification) {
        windows.ifPresent(open -> open.on(notification.fields()));
    }

    void close() {
        windows.ifPresent(PhoneWindows::close);
    }
}
