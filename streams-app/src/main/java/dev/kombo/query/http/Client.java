package dev.kombo.query.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A client as limits count it: by the name of its token, by its IPv4 address, or by the network (/64) of its IPv6
 * address, of which anybody has plenty. A customer's line often has a /56 or a /48, so limits count the /48 as well; it
 * may have {@value #NETWORKS_OF_SITE} times as much as one network, since mobile operators share one among customers.
 *
 * @param name of the token, or the address or network
 * @param site the /48 of an IPv6 address; null: the client has none
 */
public record Client(String name, String site) {
    /** How many times as much a site may have as one of its networks. */
    static final int NETWORKS_OF_SITE = 4;

    private static final int NETWORK_BYTES = 8;
    private static final int SITE_BYTES = 6;

    /** Returns a client that is known by a name alone. */
    public static Client named(String name) {
        return new Client(name, null);
    }

    /** Returns the client at an address. */
    public static Client of(InetAddress address) {
        if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
            return named(address.getHostAddress());
        }
        return new Client(prefix(address, NETWORK_BYTES), prefix(address, SITE_BYTES));
    }

    private static String prefix(InetAddress address, int bytes) {
        byte[] kept = Arrays.copyOf(Arrays.copyOf(address.getAddress(), bytes), address.getAddress().length);
        try {
            return InetAddress.getByAddress(kept).getHostAddress() + "/" + bytes * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address keeps its length", e);
        }
    }
}
