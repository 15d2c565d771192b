#pragma once

#include <memory>
#include <string_view>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace hoso::run {

// What time it is, for whoever needs it: handed down from main(). Any thread may ask.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual bool handed_in() const = 0;  // no real clock: practice, demos, tests
};

class SystemClock final : public Clock {
public:
    Instant now() const override;
    bool handed_in() const override { return false; }
};

// Checks the form of `--now`: empty is the system's clock, TIME (RFC 3339 or a date) starts there and runs on, @FILE reads such a
// time from FILE whenever it is asked and keeps the last one it could read. Errc::invalid for another form, Errc::not_found without
// FILE.
Result<std::unique_ptr<Clock>> make_clock(std::string_view now);

// Errc::denied for a clock that was handed in on a log whose genesis does not say training.
Result<void> may_run(const Clock& clock, bool training);

}  // namespace hoso::run
