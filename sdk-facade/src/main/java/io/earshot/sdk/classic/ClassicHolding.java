package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import io.earshot.api.Call;
import io.earshot.api.calls.HoldMode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How calls are held and muted, by the program and by themselves. Safe for use by any thread. */
final class ClassicHolding {
    static final List<ClassicParameter> ROWS = ParameterGroup.HOLD.rows(
            number("holdtypeonhold", -2, 4, -1, "what API_Hold does: 2 (or -1) the peer does not send, 3 we do not, 4 nobody; 0 and -2 "
                    + "nothing").live(),
            number("holdexplicit", 0, 1, 0, "a call that is held already: 0 is held in both ways, 1 as holdtypeonhold says").live(),
            number("muteonhold", -2, 5, 5, "what API_Hold mutes: 0 and 3 both, 1 speaker, 2 microphone, 4 as defmute says, 5 and -2 "
                    + "nothing more than what hold itself keeps from flowing").live(),
            number("defsetmuted", 0, 3, 0, "calls begin muted: 0 not, 1 speaker, 2 microphone, 3 both").live(),
            number("automute", 0, 4, 0, "mute the other calls: 0 never, 1 with an incoming call, 2 an outgoing one, 3 both, 4 with "
                    + "API_SetLine").live(),
            number("autohold", 0, 4, 0, "hold the other calls: 0 never, 1 with an incoming call, 2 an outgoing one, 3 both, 4 with "
                    + "API_SetLine").live(),
            yesNo("sendrtponmuted", false, "a muted microphone: true goes on sending, silence; false sends nothing").live());

    private static final int HELD_HERE = 2;
    private static final int HELD_BOTH = 4;
    private static final int STANDARD = 2;
    private static final int ON_INCOMING = 1;
    private static final int ON_OUTGOING = 2;
    private static final int ON_SELECTION = 4;
    private static final int AS_DEFMUTE = 4;
    private static final int AS_HELD = 5;

    private final ClassicPhone phone;
    private final ClassicLines lines;

    ClassicHolding(ClassicPhone phone, ClassicLines lines) {
        this.phone = phone;
        this.lines = lines;
    }

    private int value(String parameter) {
        return (int) phone.parameters().number(parameter);
    }

    // ---- hold

    /** Puts a call on hold in the way of {@code holdtypeonhold}, or takes it off. */
    void hold(ClassicLine line, boolean state) {
        Optional<HoldMode> way = state ? Optional.of(way(line)) : Optional.empty();
        CompletableFuture<Void> done = way.map(line.call()::holdAsync).orElseGet(line.call()::resumeAsync);
        muteWith(line, state);
        done.whenComplete((ok, refused) -> {
            if (refused == null) {
                line.holdMode(way);
            } else {
                phone.error(refused);
            }
        });
    }

    /** Another way of holding than the one there is adds to it, unless {@code holdexplicit} says otherwise (B-089). */
    private HoldMode way(ClassicLine line) {
        int type = value("holdtypeonhold") == -1 ? STANDARD : value("holdtypeonhold");
        if (type <= 0) {
            throw new IllegalStateException("Parameter holdtypeonhold=" + type + " holds nothing: set it to 2, 3 or 4.");
        }
        HoldMode wanted = type == 3 ? HoldMode.WE_ARE_SILENT : type == HELD_BOTH ? HoldMode.BOTH_ARE_SILENT : HoldMode.PEER_IS_SILENT;
        return value("holdexplicit") == 1 ? wanted
                : line.holdMode().filter(before -> before != wanted).map(before -> HoldMode.BOTH_ARE_SILENT).orElse(wanted);
    }

    boolean isHeldHere(ClassicLine line) {
        return lines.hold(line) == HELD_HERE || lines.hold(line) == HELD_BOTH;
    }

    private void muteWith(ClassicLine line, boolean state) {
        int mode = value("muteonhold");
        if (mode >= 0 && mode != AS_HELD) {
            int which = ClassicMute.directions(mode, value("defmute"));
            line.mute().whileHeld(state ? which : 0);
            applyMute(line);
        }
    }

    // ---- mute

    /** Mutes directions of a connected call, or lets them be heard again. */
    void mute(ClassicLine line, boolean mute, int directions) {
        line.mute().set(mute, directions);
        applyMute(line);
        line.say();
    }

    private void applyMute(ClassicLine line) {
        line.mute().apply(line.call().audio());
        phone.parts().silence().refresh(line);
    }

    // ---- by themselves

    /** A call is there: others make room for it (B-093). */
    void onNew(ClassicLine line) {
        int kind = line.incoming().isPresent() ? ON_INCOMING : ON_OUTGOING;
        others(line, value("autohold") == kind || value("autohold") == ON_INCOMING + ON_OUTGOING,
                value("automute") == kind || value("automute") == ON_INCOMING + ON_OUTGOING);
    }

    /** The user turned to a line. */
    void onSelected(ClassicLine line) {
        others(line, value("autohold") == ON_SELECTION, value("automute") == ON_SELECTION);
    }

    private void others(ClassicLine line, boolean hold, boolean mute) {
        for (ClassicLine other : lines.all()) {
            if (other != line && other.call().state() == Call.State.ESTABLISHED) {
                if (hold && !isHeldHere(other)) {
                    phone.guard(() -> hold(other, true));
                }
                int which = ClassicMute.directions(AS_DEFMUTE, value("defmute"));
                if (mute && which != 0) {
                    phone.guard(() -> mute(other, true, which));
                }
            }
        }
    }

    void onConnected(ClassicLine line) {
        int which = value("defsetmuted");
        if (which > 0) {
            phone.guard(() -> mute(line, true, ClassicMute.directions(which, 0)));
        }
    }
}
