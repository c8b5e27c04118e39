package dev.waxwing.files;

/** A measured value of something that has a name. */
public record Metric(String name, double value) {}
