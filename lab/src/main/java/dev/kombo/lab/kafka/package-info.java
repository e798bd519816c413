/** Real Kafka brokers on one machine: in the process, or as a child process that a fault test may kill. */
package dev.kombo.lab.kafka;
