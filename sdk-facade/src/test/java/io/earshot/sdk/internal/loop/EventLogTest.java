package io.earshot.sdk.internal.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EventLogTest {
    private static final int LAST = 9;

    private final EventLog<Integer> log = new EventLog<>(Runnable::run, event -> event == LAST);

    private void fill(int from) {
        IntStream.rangeClosed(from, LAST).forEach(log::add);
    }

    private static List<Integer> all() {
        return IntStream.rangeClosed(0, LAST).boxed().toList();
    }

    /** Takes down what a publisher says: numbers, then {@code end} or the error. */
    private static class Reader implements Flow.Subscriber<Integer> {
        final List<String> seen = new ArrayList<>();
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(Integer event) {
            seen.add(event.toString());
        }

        @Override
        public void onError(Throwable failure) {
            seen.add(failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            seen.add("end");
        }
    }

    /** A call of a day has 17,280 measurements: who comes late gets the newest, who was there gets all. */
    @Test
    void ofEventsThatPassOnlyTheNewestAreKeptForViewsThatComeLate() {
        EventLog<Integer> measured = new EventLog<>(Runnable::run, event -> event == 10_000, event -> event % 100 != 0);
        List<Integer> early = new ArrayList<>();
        measured.listen(early::add);
        Iterator<Integer> slow = measured.blocking().iterator();
        measured.add(0);
        measured.add(1);
        assertEquals(List.of(0, 1), List.of(slow.next(), slow.next()));
        IntStream.rangeClosed(2, 10_000).forEach(measured::add);
        assertEquals(10_001, early.size());
        List<Integer> late = new ArrayList<>();
        measured.listen(late::add);
        List<Integer> kept = IntStream.rangeClosed(0, 10_000).filter(event -> event % 100 == 0 || event > 9987).boxed().toList();
        assertEquals(kept, late);
        List<Integer> rest = new ArrayList<>();
        slow.forEachRemaining(rest::add);
        assertEquals(2, rest.get(0));
        assertTrue(rest.containsAll(kept.subList(1, kept.size())), "a view that has fallen behind misses nothing that is kept");
    }

    @Test
    void everyViewSeesEverythingWheneverItStarts() {
        List<Integer> early = new ArrayList<>();
        log.listen(early::add);
        log.add(0);
        log.add(1);
        List<Integer> between = new ArrayList<>();
        log.listen(between::add);
        Reader reader = new Reader();
        log.publisher().subscribe(reader);
        reader.subscription.request(Long.MAX_VALUE);
        reader.subscription.request(Long.MAX_VALUE);
        fill(2);
        List<Integer> late = new ArrayList<>();
        log.listen(late::add);
        List<Integer> blocking = new ArrayList<>();
        log.blocking().forEach(blocking::add);
        assertEquals(List.of(all(), all(), all(), all()), List.of(early, between, late, blocking));
        assertEquals("0123456789end", String.join("", reader.seen));
    }

    @Test
    void nothingFollowsTheLastEvent() {
        fill(0);
        log.add(10);
        Iterator<Integer> view = log.blocking().iterator();
        for (int i = 0; i <= LAST; i++) {
            assertEquals(i, view.next());
        }
        assertFalse(view.hasNext());
        assertThrows(NoSuchElementException.class, view::next);
    }

    @Test
    void aPublisherGivesNoMoreThanIsAskedFor() {
        Reader reader = new Reader();
        log.publisher().subscribe(reader);
        fill(0);
        assertEquals(List.of(), reader.seen);
        reader.subscription.request(2);
        assertEquals(List.of("0", "1"), reader.seen);
        reader.subscription.request(3);
        assertEquals(5, reader.seen.size());
        reader.subscription.cancel();
        reader.subscription.request(3);
        assertEquals(5, reader.seen.size());
    }

    @Test
    void anEndNeedsNoDemand() {
        Reader reader = new Reader();
        EventLog<Integer> brief = new EventLog<>(Runnable::run, event -> true);
        brief.publisher().subscribe(reader);
        reader.subscription.request(1);
        brief.add(5);
        assertEquals(List.of("5", "end"), reader.seen);
    }

    @Test
    void aDemandOfNothingIsAnError() {
        Reader reader = new Reader();
        log.publisher().subscribe(reader);
        reader.subscription.request(0);
        reader.subscription.request(-1);
        fill(0);
        assertEquals(List.of("IllegalArgumentException"), reader.seen);
    }

    @Test
    void aSubscriberThatThrowsGetsNothingMore() {
        Reader reader = new Reader() {
            @Override
            public void onNext(Integer event) {
                super.onNext(event);
                throw new IllegalStateException("the test's own defect");
            }
        };
        log.publisher().subscribe(reader);
        reader.subscription.request(5);
        fill(0);
        assertEquals(List.of("0"), reader.seen);
    }

    @Test
    void aListenerMayAddEventsAndListenersItself() {
        List<Integer> inner = new ArrayList<>();
        List<Integer> outer = new ArrayList<>();
        log.listen(event -> {
            outer.add(event);
            if (event == 0) {
                log.add(1);
                log.listen(inner::add);
            }
        });
        log.add(0);
        fill(2);
        assertEquals(all(), outer);
        assertEquals(all(), inner);
    }

    @Test
    void viewsOnManyThreadsAgreeWhileEventsCome() throws Exception {
        int last = 20_000;
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            EventLog<Integer> busy = new EventLog<>(pool, event -> event == last);
            List<CompletableFuture<List<Integer>>> views = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                views.add(CompletableFuture.supplyAsync(() -> {
                    List<Integer> seen = new ArrayList<>();
                    busy.blocking().forEach(seen::add);
                    return seen;
                }, pool));
                CompletableFuture<List<Integer>> told = new CompletableFuture<>();
                List<Integer> seen = new ArrayList<>();
                busy.listen(event -> {
                    seen.add(event);
                    if (event == last) {
                        told.complete(seen);
                    }
                });
                views.add(told);
            }
            IntStream.rangeClosed(0, last).forEach(busy::add);
            List<Integer> expected = IntStream.rangeClosed(0, last).boxed().toList();
            for (CompletableFuture<List<Integer>> view : views) {
                assertEquals(expected, view.get(10, TimeUnit.SECONDS));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aBlockedViewCanBeInterrupted() {
        Thread.currentThread().interrupt();
        assertFalse(log.blocking().iterator().hasNext());
        assertTrue(Thread.interrupted());
    }
}
