package io.earshot.sdk.classic;

import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.Threads;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a classic phone, by topic. */
final class ClassicParts {
    private static final Logger LOG = LoggerFactory.getLogger("webphone");

    private final Ticker ticker = Ticker.system();
    private final Threads threads = new Threads(Optional.of(Runnable::run));
    private final ClassicWords words;
    private final ClassicLines lines;
    private final ClassicTransfers transfers;
    private final ClassicConference conference;
    private final ClassicMicrophone microphone;
    private final ClassicMeasurement measurement;
    private final ClassicLog log;
    private final ClassicExit exit;
    private final ClassicHolding holding;
    private final ClassicSilence silence;
    private final ClassicCalls calls;
    private final ClassicAccounts accounts;
    private final ClassicOnline network;
    private final ClassicChat chat;
    private final ClassicTexts texts;
    private final ClassicSaved saved;
    private final ClassicPeople people;
    private final ClassicFolder folder;
    private final ClassicWeb web;
    private final ClassicTraffic traffic;
    private final ClassicPlayer player;
    private final ClassicReports reports;
    private final ClassicDeviceCalls devices;
    private final ClassicVoices voices;
    private final ClassicNeighbours neighbours;
    private final ClassicWindows windows;

    ClassicParts(ClassicPhone phone) {
        words = new ClassicWords(phone::parameters);
        lines = new ClassicLines(phone, ticker);
        conference = new ClassicConference(phone, lines);
        transfers = new ClassicTransfers(phone, () -> ClassicTransfers.Settings.of(phone.parameters()));
        holding = new ClassicHolding(phone, lines);
        silence = new ClassicSilence(phone);
        calls = new ClassicCalls(phone, lines, transfers, conference, holding);
        accounts = new ClassicAccounts(phone);
        network = new ClassicOnline(phone::send);
        chat = new ClassicChat(() -> ClassicChat.Settings.of(phone.parameters()), phone::send);
        texts = new ClassicTexts(phone, chat);
        folder = new ClassicFolder(phone::parameters);
        log = new ClassicLog(phone::parameters, folder::path, folder.home(), threads.workers(), line -> LOG.info("{}", line),
                text -> phone.send(Notification.event("WARNING", text)));
        exit = new ClassicExit(phone);
        microphone = new ClassicMicrophone(phone);
        measurement = new ClassicMeasurement(phone, ticker);
        saved = new ClassicSaved(phone, folder);
        people = new ClassicPeople(phone, saved);
        web = new ClassicWeb(phone, folder, threads.workers());
        traffic = new ClassicTraffic(phone, new ClassicServer(phone)::on);
        player = new ClassicPlayer(phone, lines, folder);
        voices = new ClassicVoices(phone, lines);
        reports = new ClassicReports(phone, lines, this::later);
        devices = new ClassicDeviceCalls(phone);
        neighbours = new ClassicNeighbours(phone);
        windows = new ClassicWindows(phone);
    }

    /** Does something a while later, on a thread that may block. */
    void later(long millis, Runnable action) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads.workers()).execute(action);
    }

    /** Returns where blocking work runs. */
    Executor workers() {
        return threads.workers();
    }

    void onStopped() {
        lines.clear();
        conference.clear();
        voices.clear();
        player.clear();
        neighbours.end();
        log.end();
    }

    ClassicWords words() {
        return words;
    }

    ClassicLines lines() {
        return lines;
    }

    ClassicTransfers transfers() {
        return transfers;
    }

    ClassicConference conference() {
        return conference;
    }

    ClassicMicrophone microphone() {
        return microphone;
    }

    ClassicMeasurement measurement() {
        return measurement;
    }

    ClassicLog log() {
        return log;
    }

    ClassicExit exit() {
        return exit;
    }

    ClassicHolding holding() {
        return holding;
    }

    ClassicSilence silence() {
        return silence;
    }

    ClassicCalls calls() {
        return calls;
    }

    ClassicAccounts accounts() {
        return accounts;
    }

    ClassicOnline network() {
        return network;
    }

    ClassicChat chat() {
        return chat;
    }

    ClassicTexts texts() {
        return texts;
    }

    ClassicSaved saved() {
        return saved;
    }

    ClassicPeople people() {
        return people;
    }

    ClassicFolder folder() {
        return folder;
    }

    ClassicWeb web() {
        return web;
    }

    ClassicTraffic traffic() {
        return traffic;
    }

    ClassicPlayer player() {
        return player;
    }

    ClassicReports reports() {
        return reports;
    }

    ClassicDeviceCalls devices() {
        return devices;
    }

    ClassicNeighbours neighbours() {
        return neighbours;
    }

    ClassicVoices voices() {
        return voices;
    }

    ClassicWindows windows() {
        return windows;
    }
}
