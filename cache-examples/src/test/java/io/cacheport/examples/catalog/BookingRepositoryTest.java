package io.cacheport.examples.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.examples.catalog.Booking.Status;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookingRepositoryTest {

    private final LocalDate today = LocalDate.now(ZoneId.systemDefault());

    private final BookingRepository bookings = new BookingRepository(TestDatabase.shared());

    @Test
    void readsATenantsBookingsByStatusAndDay() {
        List<Booking> confirmed = bookings.byStatus("tenant-003", Status.CONFIRMED);
        assertThat(confirmed).hasSizeGreaterThan(100).allSatisfy(booking -> {
            assertThat(booking.tenant()).isEqualTo("tenant-003");
            assertThat(booking.status()).isEqualTo(Status.CONFIRMED);
            assertThat(booking.confirmedAt()).isAfter(booking.createdAt());
        });
        LocalDate day = confirmed.get(0).date();
        assertThat(bookings.byStatusOn("tenant-003", Status.CONFIRMED, day))
                .containsExactlyInAnyOrderElementsOf(confirmed.stream()
                        .filter(booking -> booking.date().equals(day))
                        .toList());
    }

    @Test
    void aPendingBookingIsNotConfirmed() {
        assertThat(bookings.byStatus("tenant-003", Status.PENDING))
                .isNotEmpty()
                .allSatisfy(booking -> assertThat(booking.confirmedAt()).isNull());
    }

    @Test
    void upcomingBookingsAreAfterTheDay() {
        assertThat(bookings.upcoming("tenant-003", today))
                .isNotEmpty()
                .allSatisfy(booking -> assertThat(booking.date()).isAfter(today));
    }

    @Test
    void confirmedSinceLooksAtTheConfirmation() {
        Instant since = Instant.now().minus(30, ChronoUnit.DAYS);
        assertThat(bookings.confirmedSince("tenant-003", since))
                .isNotEmpty()
                .allSatisfy(booking -> assertThat(booking.confirmedAt()).isAfterOrEqualTo(since));
    }

    @Test
    void aCustomerHasAHistory() {
        long customer = bookings.recent(1).get(0).customerId();
        assertThat(bookings.ofCustomer(customer)).isNotEmpty().allMatch(booking -> booking.customerId() == customer);
    }

    @Test
    void theNewestComeFirst() {
        assertThat(bookings.recent(20))
                .hasSize(20)
                .isSortedAccordingTo(Comparator.comparing(Booking::createdAt).reversed());
        assertThat(bookings.newestCustomers(10))
                .hasSize(10)
                .isSortedAccordingTo(Comparator.comparing(Customer::createdAt).reversed());
        assertThat(bookings.recentCustomers("tenant-003", 10))
                .hasSize(10)
                .allMatch(customer -> customer.tenant().equals("tenant-003"))
                .isSortedAccordingTo(Comparator.comparing(Customer::createdAt).reversed());
    }
}
