package io.earshot.sdk.internal.media;

import io.earshot.api.audio.Playback;
import io.earshot.files.SoundFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What peers hear while we hold them: one player for all of them, which runs only while there are calls. Confined to the media loop. */
final class HoldMusic {
    private final MediaRoom room;
    private final List<CallSound> calls = new ArrayList<>();
    private Optional<SoundFile> sound = Optional.empty();
    private Optional<Playback> player = Optional.empty();

    HoldMusic(MediaRoom room) {
        this.room = room;
    }

    /** Sets what is played from now on. */
    void use(Optional<SoundFile> music) {
        stop();
        sound = music;
        calls.forEach(this::play);
    }

    void add(CallSound call) {
        calls.add(call);
        play(call);
    }

    void remove(CallSound call) {
        calls.remove(call);
        if (calls.isEmpty()) {
            stop();
        }
    }

    private void play(CallSound call) {
        if (sound.isPresent() && !call.isClosed()) {
            if (player.isEmpty()) {
                player = Optional.of(room.add(FilePort.of(room, "hold music", sound.get(), true)));
            }
            room.connect(player.get(), call.holdPort());
        }
    }

    private void stop() {
        player.ifPresent(Playback::close);
        player = Optional.empty();
    }
}
