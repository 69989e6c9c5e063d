package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.RecordingEvent;
import io.earshot.api.audio.RecordingPolicy;
import io.earshot.api.audio.RecordingPolicy.Retry;
import io.earshot.api.audio.Recordings;
import io.earshot.api.audio.spi.RecordingUploader;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.internal.record.RecordingNames;
import io.earshot.sdk.internal.record.RecordingShelf;
import io.earshot.sdk.internal.record.UploadQueue;
import io.earshot.sdk.internal.store.Journal;
import io.earshot.sdk.internal.store.ValueStore;
import io.earshot.sdk.internal.store.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Recordings by rule. Files are opened on workers, events are told in order on the application's executor. */
final class EngineRecordings implements Recordings {
    private final EngineContext context;
    private final UploadQueue uploads;
    private final SerialExecutor order;
    private final SerialExecutor hands;
    private final List<Consumer<? super RecordingEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Published<Optional<RecordingPolicy>> policy = new Published<>(Optional.empty());
    private final Published<Optional<Path>> last = new Published<>(Optional.empty());
    /** Those that run. */
    private final Map<Call, Recording> running = new ConcurrentHashMap<>();
    /** All that were made here, those that run and, with a data folder, those of earlier programs included. */
    private final RecordingShelf made = new RecordingShelf();

    EngineRecordings(EngineContext context, List<RecordingUploader> uploaders) {
        this.context = context;
        this.order = new SerialExecutor(context.callbacks());
        this.hands = new SerialExecutor(context.loop().workers());
        this.uploads = new UploadQueue(uploaders, context.loop().workers(),
                (nanos, task) -> context.loop().execute(() -> context.loop().schedule(nanos, task)), () -> context.callIds().token(96),
                this::tell);
    }

    /** Takes up what earlier programs left in the data folder; once the phone is open, for a phone that is not must hold no files. */
    void begin() {
        context.settings().dataFolder().ifPresent(this::restore);
    }

    private void restore(Path folder) {
        try {
            last.set(made.keepIn(ValueStore.open(folder.resolve("recordings.journal"))));
            uploads.keepIn(Journal.open(folder.resolve("uploads.journal"), Journal.Sync.NEVER), Vault.of(folder));
        } catch (IOException refused) {
            throw new VoipException(new Failure.LocalResource("The data folder " + folder + " cannot be used: " + refused.getMessage()
                    + "; choose another with dataFolder(path)."), refused);
        }
    }

    @Override
    public Optional<RecordingPolicy> policy() {
        return policy.get();
    }

    @Override
    public void policy(RecordingPolicy wanted) {
        requireNonNull(wanted, "policy");
        context.room().formats().demand(wanted.config().format());
        wanted.target().ifPresent(this::demand);
        try {
            Files.createDirectories(wanted.folder());
        } catch (IOException refused) {
            throw new VoipException(new Failure.LocalResource("Cannot record into the folder " + wanted.folder() + ": " + refused + "."),
                    refused);
        }
        policy.set(Optional.of(wanted));
    }

    private void demand(URI target) {
        String scheme = String.valueOf(target.getScheme());
        if (!uploads.serves(scheme)) {
            String artifact = scheme.startsWith("ftp") ? "io.earshot:upload-ftp" : scheme.startsWith("http") ? "io.earshot:upload-http"
                    : "a module that provides it";
            throw new VoipException(new Failure.NoProvider("upload", scheme, artifact));
        }
    }

    @Override
    public void clearPolicy() {
        policy.set(Optional.empty());
    }

    @Override
    public Recording start(Call call) {
        ours(call);
        RecordingPolicy now = policy.get().orElseThrow(
                () -> Addresses.bad("There is no policy to record by: set one with recordings().policy(RecordingPolicy.into(folder))."));
        return start(call, now, false);
    }

    private void ours(Call call) {
        if (!(requireNonNull(call, "call") instanceof EngineCall known && known.belongsTo(context))) {
            throw Addresses.bad("The call to record is not one of this phone's.");
        }
    }

    private Recording start(Call call, RecordingPolicy by, boolean automatic) {
        Recording old = running.get(call);
        if (old != null) {
            return old;
        }
        Path file = RecordingNames.next(by, new RecordingNames.Facts(context.wallClock().instant().atZone(ZoneId.systemDefault()),
                call.remote().address(), call.account().address(), call.callId()));
        Recording recording = call.audio().record(file, by.config());
        running.put(call, recording);
        made.add(recording.files());
        last.set(Optional.of(recording.file()));
        tell(new RecordingEvent.Started(call, recording.file(), automatic));
        recording.finished().whenComplete((done, defect) -> ended(call, recording, by, automatic, defect));
        return recording;
    }

    private void ended(Call call, Recording recording, RecordingPolicy by, boolean automatic, Throwable defect) {
        running.remove(call, recording);
        if (defect == null) {
            recording.files().forEach(file -> tell(new RecordingEvent.Saved(call, file, automatic)));
        } else {
            Throwable cause = defect instanceof CompletionException ? defect.getCause() : defect;
            Failure why = cause instanceof VoipException known ? known.failure() : new Failure.LocalResource(String.valueOf(cause));
            tell(new RecordingEvent.Failed(call, recording.file(), automatic, why));
        }
        by.target().ifPresent(target -> recording.files().stream().filter(Files::exists)
                .forEach(file -> uploads.add(file, target, by.retry(), by.keep())));
    }

    @Override
    public void stop(Call call) {
        ours(call);
        Optional.ofNullable(running.get(call)).ifPresent(Recording::close);
    }

    @Override
    public Optional<Path> last() {
        return last.get();
    }

    @Override
    public int deleteAll() {
        Set<Path> growing = new HashSet<>();
        running.values().forEach(recording -> recording.files().forEach(file -> growing.add(file.toAbsolutePath())));
        return made.deleteAllBut(growing);
    }

    @Override
    public void upload(Path file, URI target) {
        requireNonNull(file, "file");
        requireNonNull(target, "target");
        demand(target);
        uploads.add(file, target, policy.get().map(RecordingPolicy::retry).orElse(Retry.UNTIL_DONE), true);
    }

    @Override
    public List<Path> waiting() {
        return uploads.waiting();
    }

    @Override
    public void onEvent(Consumer<? super RecordingEvent> listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    private void tell(RecordingEvent event) {
        if (!listeners.isEmpty()) {
            order.execute(() -> listeners.forEach(listener -> listener.accept(event)));
        }
    }

    /** Something happened to a call; on the signalling loop. */
    void on(EngineCall call, CallEvent event) {
        if (event instanceof CallEvent.Answered) {
            policy.get().filter(RecordingPolicy::automatic).ifPresent(by -> hands.execute(() -> {
                try {
                    start(call, by, true);
                } catch (VoipException refused) {
                    context.loop().execute(() -> call.session().warn(refused.failure()));
                    tell(new RecordingEvent.Failed(call, by.folder(), true, refused.failure()));
                }
            }));
        }
    }

    /** Begins no upload any more; completes when the queue is put away. */
    CompletableFuture<Void> close() {
        made.close();
        return uploads.close();
    }
}
