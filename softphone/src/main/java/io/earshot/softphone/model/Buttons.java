package io.earshot.softphone.model;

import io.earshot.sdk.window.LineView;

/**
 * Which buttons can be pressed, and what they mean now. Immutable.
 *
 * @param answers whether the button to call answers
 * @param call whether it can be pressed
 * @param rejects whether the button to hang up rejects
 * @param hangUp whether it can be pressed
 * @param hold whether the call can be held, or taken back
 * @param held whether we hold it
 * @param mute whether it can be muted
 * @param muted whether it is
 * @param transfer whether it can be transferred
 * @param conference whether calls can be joined, or somebody called into one
 * @param keys whether the dial pad sends keys, and does not only write them
 */
public record Buttons(boolean answers, boolean call, boolean rejects, boolean hangUp, boolean hold, boolean held, boolean mute,
        boolean muted, boolean transfer, boolean conference, boolean keys) {
    /**
     * Reads them off the state of the phone.
     *
     * @param number whether there is a number to call
     */
    public static Buttons of(Snapshot now, boolean number) {
        boolean ringing = now.ringing().isPresent();
        boolean connected = now.current().filter(LineView::isConnected).isPresent();
        return new Buttons(ringing, ringing || number, ringing, !now.calls().isEmpty(), connected,
                now.current().filter(LineView::isHeldHere).isPresent(), connected, now.current().filter(LineView::muted).isPresent(),
                connected, connected && (number || now.calls().stream().filter(LineView::isConnected).count() > 1), connected);
    }
}
