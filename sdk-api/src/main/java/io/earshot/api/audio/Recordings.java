package io.earshot.api.audio;

import io.earshot.api.Call;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Recordings with names, and what becomes of them. Safe for use by any thread. */
public interface Recordings {
    /** Returns the policy in force; empty at first. */
    Optional<RecordingPolicy> policy();

    /**
     * Puts a policy into force for the recordings that begin from now on.
     *
     * @throws io.earshot.api.VoipException when its folder cannot be made, or nothing here serves the format or the scheme of the target;
     *         the message names the artifact to add
     */
    void policy(RecordingPolicy policy);

    /** Records nothing by itself any more; recordings that run go on. */
    void clearPolicy();

    /**
     * Records a call by the policy. One that is being recorded stays so.
     *
     * @throws io.earshot.api.VoipException when there is no policy, or the file cannot be made
     */
    Recording start(Call call);

    /** Ends the recording of a call; the file is uploaded as the policy says. Without one it is harmless. */
    void stop(Call call);

    /** Returns the file of the recording that was begun last, with a data folder by an earlier run of the program if need be. */
    Optional<Path> last();

    /**
     * Deletes what was recorded by policies of this phone, with a data folder by those of earlier runs of the program too, and returns how
     * many files that was; those that grow stay.
     */
    int deleteAll();

    /**
     * Uploads a file, trying again as the policy, or without one {@link RecordingPolicy.Retry#UNTIL_DONE}, says.
     *
     * @param target where to, {@code FILENAME} standing for the file's name
     * @throws io.earshot.api.VoipException when nothing here serves the scheme; the message names the artifact
     */
    void upload(Path file, URI target);

    /** Returns the files that wait for their upload. */
    List<Path> waiting();

    /** Adds a listener, called on the application's executor, one event at a time. */
    void onEvent(Consumer<? super RecordingEvent> listener);
}
