#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "shared/base/check.hpp"

namespace hoso {

// What a disk, a peer or a file did to us. `exit_code` in client/ and server/ maps these to the command line's codes.
enum class Errc {
    invalid,  // input does not have the form asked for
    not_found,
    exists,
    conflict,     // it would contradict what is recorded
    denied,       // wrong passphrase, no right
    unreachable,  // no connection, port in use
    limit,        // larger than a stated limit
    full,         // disk or reserve exhausted
    locked,       // another process holds the data directory
    io,           // the disk or file system failed
    corrupt,      // stored bytes do not hold together
    amnesia,      // the disk holds less than the watermark says was acknowledged
    gap,          // events do not continue the log
    version,      // written by a newer program
    protocol,     // the peer broke the protocol
    unauthentic,  // a signature, seal or key does not hold
    internal,
};

struct [[nodiscard]] Error {
    Errc code;
    std::string detail;  // one sentence; says what to do when somebody can do something
};

// Spelled like std::expected<T, Error>, which will replace it.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}
    bool has_value() const { return held_.index() == 0; }
    explicit operator bool() const { return has_value(); }
    T& value() & { return require_value(), std::get<0>(held_); }
    const T& value() const& { return require_value(), std::get<0>(held_); }
    T&& value() && { return require_value(), std::get<0>(std::move(held_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const {
        CHECK(!has_value());
        return std::get<1>(held_);
    }

private:
    void require_value() const { CHECK(has_value()); }
    std::variant<T, Error> held_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}
    bool has_value() const { return !error_; }
    explicit operator bool() const { return has_value(); }
    const Error& error() const {
        CHECK(error_.has_value());
        return *error_;
    }

private:
    std::optional<Error> error_;
};

}  // namespace hoso
