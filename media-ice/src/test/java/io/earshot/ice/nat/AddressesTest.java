package io.earshot.ice.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({"100.64.0.1, true", "100.128.0.1, false", "172.31.0.1, true", "172.32.0.1, false", "169.254.1.1, true", "0.0.0.0, true",
        "127.0.0.1, true", "fd00::1, true", "fe80::1, true", "2001:db8::1, false", "203.0.113.5, false"})
    void privateAddressesAreKnown(String address, boolean isPrivate) throws UnknownHostException {
        assertEquals(isPrivate, Addresses.isPrivate(InetAddress.getByName(address)));
    }
}
