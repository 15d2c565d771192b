#include <malloc.h>

#include <boost/json.hpp>
#include <exception>
#include <iostream>

#include "server/founding.hpp"
#include "server/options.hpp"
#include "server/province.hpp"
#include "server/run.hpp"
#include "shared/base/exit_code.hpp"
#include "shared/io/key_file.hpp"
#include "shared/run/clock.hpp"

namespace hoso::server {
namespace {

constexpr std::size_t key_text_max = 1024;
constexpr const char* training_line = "TRAINING: a log for practice, nothing in it is official.\n";

Result<BoxPublicKey> read_recovery(const std::string& file) {
    const auto bytes = io::read_file(file, key_text_max);
    if (!bytes) return bytes.error();
    std::string_view text = as_text(*bytes);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
    const auto key = BoxPublicKey::from_hex(text);
    if (!key) return Error{Errc::invalid, file + " holds no public key of 64 hex digits."};
    return *key;
}

Result<void> carry_out(const InitCommand& init) {
    const auto clock = run::make_clock(init.now);
    if (!clock) return clock.error();
    if (const auto allowed = run::may_run(**clock, init.training); !allowed) return allowed.error();
    if (!net::address_from_text(init.address)) return Error{Errc::invalid, "--address takes HOST:PORT."};
    Founding founding{init.data, init.origin, init.title, init.address, {}, std::nullopt, init.join, init.training};
    for (const std::string& file : init.cards) {
        auto card = read_card(file);
        if (!card) return card.error();
        founding.founders.push_back(std::move(*card));
    }
    if (!init.recovery_file.empty()) {
        const auto key = read_recovery(init.recovery_file);
        if (!key) return key.error();
        founding.recovery = *key;
    }
    const auto founded = found(founding, (*clock)->now());
    if (!founded) return founded.error();
    if (init.training) std::cout << training_line;
    std::cout << "founded " << init.origin << " in " << init.data << "\nlog " << founded->log.hex() << "\njoin file " << init.join
              << "\n";
    if (!founded->recovery_key.empty()) {
        std::cout
            << "The recovery key lies in " << founded->recovery_key.string()
            << ": move it to a safe place away from this machine; whoever holds it can open what is sealed to the province.\n";
    }
    return {};
}

Result<void> amnesia_of(const Book& book) { return book.amnesia ? Result<void>{*book.amnesia} : Result<void>{}; }

Result<void> carry_out(const InfoCommand& info) {
    io::Database::Options options;
    options.read_only = true;
    const auto book = open_book(info.data, options, {});
    if (!book) return book.error();
    const replica::State& state = book->replica.state();
    const domain::Genesis& genesis = state.registry.genesis;
    const boost::json::object object{{"origin", genesis.origin},
                                     {"title", genesis.title},
                                     {"training", genesis.training},
                                     {"amnesia", book->amnesia.has_value()},
                                     {"amnesia_detail", book->amnesia ? book->amnesia->detail : ""},
                                     {"log", state.log.hex()},
                                     {"size", book->log->size()},
                                     {"root", book->log->tree().root().hex()},
                                     {"state_hash", replica::state_hash(state).hex()},
                                     {"judge_version", state.judge_version}};
    if (info.json) {
        std::cout << boost::json::serialize(object) << "\n";
        return amnesia_of(*book);
    }
    if (genesis.training) std::cout << training_line;
    for (const auto& [name, value] : object) {
        std::cout << std::string_view{name} << ": "
                  << (value.is_string() ? std::string{value.as_string()} : boost::json::serialize(value)) << "\n";
    }
    return amnesia_of(*book);
}

// A busy server frees buffers of 100 KiB and asks for the same again: each return to the system costs a page fault per 4 KiB.
void keep_freed_memory() {
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
}

Result<void> carry_out(const RunCommand& command) {
    keep_freed_memory();
    Settings file;
    if (!command.settings_file.empty()) {
        auto read = settings_from_file(command.settings_file);
        if (!read) return read.error();
        file = std::move(*read);
    }
    const auto config = make_config(command.flags, settings_from_environment(), file);
    if (!config) return config.error();
    std::optional<Hash> accept_head;
    if (!command.accept_head.empty()) {
        accept_head = Hash::from_hex(command.accept_head);
        if (!accept_head) return Error{Errc::invalid, "--accept-head takes a leaf hash of 64 hex digits."};
    }
    return run(*config, accept_head);
}

int finish(const Result<void>& done) {
    if (done) return exit_ok;
    std::cerr << "hoso-server: " << done.error().detail << "\n";
    return exit_code(done.error().code);
}

}  // namespace
}  // namespace hoso::server

int main(int argc, char** argv) {
    using namespace hoso::server;
    try {
        const Command command = parse(argc, argv);
        if (const auto* told = std::get_if<Told>(&command)) return told->exit;
        if (const auto* init = std::get_if<InitCommand>(&command)) return finish(carry_out(*init));
        if (const auto* info = std::get_if<InfoCommand>(&command)) return finish(carry_out(*info));
        return finish(carry_out(std::get<RunCommand>(command)));
    } catch (const std::exception& failure) {
        std::cerr << "hoso-server: " << failure.what() << "\n";
        return hoso::exit_internal;
    }
}
