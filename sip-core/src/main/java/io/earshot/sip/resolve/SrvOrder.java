package io.earshot.sip.resolve;

import io.earshot.api.dns.spi.DnsAnswer.Srv;
import io.earshot.api.id.IdSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The order in which to try SRV records (RFC 2782): lowest priority first, within one priority by chance in proportion to the weights. */
final class SrvOrder {
    private SrvOrder() {
    }

    static List<Srv> sort(List<Srv> records, IdSource chance) {
        List<Srv> left = new ArrayList<>(records);
        shuffle(left, chance); // so that servers which all have weight 0 share the load too
        left.sort(Comparator.comparingInt(Srv::priority).thenComparingInt(Srv::weight)); // weight 0 first, as the RFC says
        List<Srv> sorted = new ArrayList<>(left.size());
        while (!left.isEmpty()) {
            int priority = left.get(0).priority();
            long sum = 0;
            for (Srv srv : left) {
                sum += srv.priority() == priority ? srv.weight() : 0;
            }
            long pick = Math.floorMod(chance.nextLong(), sum + 1);
            int index = 0;
            for (long running = left.get(0).weight(); running < pick; running += left.get(index).weight()) {
                index++;
            }
            sorted.add(left.remove(index));
        }
        return sorted;
    }

    private static void shuffle(List<Srv> records, IdSource chance) {
        for (int i = records.size() - 1; i > 0; i--) {
            Collections.swap(records, i, (int) Math.floorMod(chance.nextLong(), i + 1L));
        }
    }
}
