package dev.waxwing.simulation.disk;

import dev.waxwing.simulation.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a name stands for. */
abstract sealed class Node {

    private final long number;

    private Node(long number) {
        this.number = number;
    }

    /** Tells it from all others of the disk. */
    long number() {
        return number;
    }

    /** Makes what it holds durable. */
    abstract void force();

    /** The power is lost; what was not forced is as chance wants it. */
    abstract void losePower(Chance chance);

    /** Bytes. */
    static final class File extends Node {

        private static final byte[] EMPTY = new byte[0];

        private byte[] bytes = EMPTY;
        private byte[] forced = EMPTY;

        File(long number) {
            super(number);
        }

        byte[] bytes() {
            return bytes;
        }

        /** Writes, after zeros if it is not so long. */
        void write(int position, byte[] more) {
            byte[] longer = Arrays.copyOf(bytes, Math.max(bytes.length, position + more.length));
            System.arraycopy(more, 0, longer, position, more.length);
            bytes = longer;
        }

        void truncate(int size) {
            bytes = Arrays.copyOf(bytes, Math.min(size, bytes.length));
        }

        @Override
        void force() {
            forced = bytes;
        }

        /*
         * What file systems do: the old content, the new one, the beginning of the new one, or its whole length with
         * zeros where the data has not come to the disk. What was forced and not changed since is there.
         */
        @Override
        void losePower(Chance chance) {
            int same = Arrays.mismatch(forced, bytes);
            if (same < 0) {
                return;
            }
            int kept = chance.between(same, bytes.length);
            bytes =
                    switch (chance.below(4)) {
                        case 0 -> bytes;
                        case 1 -> Arrays.copyOf(bytes, kept);
                        case 2 -> Arrays.copyOf(Arrays.copyOf(bytes, kept), bytes.length);
                        default -> forced;
                    };
            forced = bytes;
        }
    }

    /** Names. */
    static final class Directory extends Node {

        /** Since it was forced last, oldest first; a change is there with all before it. */
        private final List<TreeMap<String, Node>> versions = new ArrayList<>();

        Directory(long number) {
            super(number);
            versions.add(new TreeMap<>());
        }

        Map<String, Node> entries() {
            return versions.get(versions.size() - 1);
        }

        /** A version to be changed. */
        Map<String, Node> change() {
            versions.add(new TreeMap<>(entries()));
            return entries();
        }

        @Override
        void force() {
            keep(versions.size() - 1);
        }

        @Override
        void losePower(Chance chance) {
            keep(chance.below(versions.size()));
            entries().values().forEach(node -> node.losePower(chance));
        }

        private void keep(int version) {
            TreeMap<String, Node> kept = versions.get(version);
            versions.clear();
            versions.add(kept);
        }
    }
}
