#include "shared/run/clock.hpp"

#include <chrono>
#include <fstream>
#include <mutex>
#include <string>

namespace hoso::run {
namespace {

Instant system_now() {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

// Starts at an instant and runs on with the machine's steady clock.
class StartedClock final : public Clock {
public:
    explicit StartedClock(Instant start) : start_(start), began_(std::chrono::steady_clock::now()) {}
    Instant now() const override {
        const auto gone = std::chrono::steady_clock::now() - began_;
        return start_ + std::chrono::duration_cast<std::chrono::microseconds>(gone).count();
    }
    bool handed_in() const override { return true; }

private:
    Instant start_;
    std::chrono::steady_clock::time_point began_;
};

std::optional<Instant> instant_in(const std::string& file) {
    std::ifstream stream(file);
    std::string word;
    stream >> word;
    return instant_from_text(word);
}

class FileClock final : public Clock {
public:
    FileClock(std::string file, Instant first) : file_(std::move(file)), last_(first) {}
    Instant now() const override {
        const std::lock_guard lock(mutex_);
        if (const auto read = instant_in(file_)) last_ = *read;
        return last_;
    }
    bool handed_in() const override { return true; }

private:
    std::string file_;
    mutable std::mutex mutex_;
    mutable Instant last_;
};

}  // namespace

Instant SystemClock::now() const { return system_now(); }

Result<std::unique_ptr<Clock>> make_clock(std::string_view now) {
    if (now.empty()) return std::unique_ptr<Clock>{std::make_unique<SystemClock>()};
    if (now.front() == '@') {
        std::string file{now.substr(1)};
        if (!std::ifstream(file)) return Error{Errc::not_found, "The clock's file " + file + " cannot be read."};
        const auto first = instant_in(file);
        if (!first) return Error{Errc::invalid, "The clock's file " + file + " holds no time such as 2023-08-01T08:00:00+07:00."};
        return std::unique_ptr<Clock>{std::make_unique<FileClock>(std::move(file), *first)};
    }
    const auto start = instant_from_text(now);
    if (!start) return Error{Errc::invalid, "--now takes a time such as 2023-08-01T08:00:00+07:00, a date, or @FILE."};
    return std::unique_ptr<Clock>{std::make_unique<StartedClock>(*start)};
}

Result<void> may_run(const Clock& clock, bool training) {
    if (!clock.handed_in() || training) return {};
    return Error{Errc::denied, "A clock is handed in (--now) to training logs only, and this log is a real one: run without it."};
}

}  // namespace hoso::run
