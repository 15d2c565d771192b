#pragma once

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <vector>

#include "client/desk.hpp"
#include "client/link.hpp"
#include "shared/run/clock.hpp"

namespace hoso::bench {

// A child process that is ended, by its id, when it goes.
class Child {
public:
    explicit Child(const std::vector<std::string>& arguments);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    int wait();                  // exit code; 128 + signal
    void stop();                 // SIGTERM, then waits
    double resident_mb() const;  // VmRSS now
    double peak_mb() const;      // of an ended child

private:
    pid_t pid_ = -1;
    double peak_mb_ = 0;
};

// A training province with the real server and real desks: an administrator's, a commune's with one open dossier, and fresh ones.
class Season {
public:
    Season(std::filesystem::path binaries, std::filesystem::path folder, std::filesystem::path rules);

    void start_server();
    void stop_server();
    double server_resident_mb() const { return server_->resident_mb(); }
    const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path server_folder() const { return folder_ / "server"; }

    // A desk that is enrolled and has synced once. `unit` is the root for one that follows the whole log.
    std::unique_ptr<client::Desk> enrol(const std::string& name, const UnitId& unit, domain::Role role);
    client::Progress sync(client::Desk& desk, int seconds);
    // Notes in the commune's dossier, durable in the outbox when it returns.
    void record_notes(std::size_t count);
    client::Desk& commune() { return *commune_; }
    // Keeps a file on the commune's desk and cites it; not sent yet. Answers its root.
    Hash cite_film(const std::filesystem::path& film);
    void close_desks() { admin_.reset(), commune_.reset(); }  // so that their own programs can hold them
    const UnitId& root() const { return root_; }
    const LogId& log() const { return log_; }
    std::vector<std::string> desk_command(const std::string& name, std::vector<std::string> arguments) const;

private:
    void found();
    void open_dossier();
    void record(client::Desk& desk, domain::Body body, const StreamId& stream);
    AccountId account(client::Desk& desk) const { return desk.officers().front(); }

    std::filesystem::path binaries_;
    std::filesystem::path folder_;
    std::filesystem::path rules_;
    std::unique_ptr<run::Clock> clock_;
    boost::asio::io_context context_;
    std::unique_ptr<Child> server_;
    client::Province province_;
    std::unique_ptr<client::Desk> admin_;
    std::unique_ptr<client::Desk> commune_;
    UnitId root_;
    UnitId commune_unit_;
    StreamId product_;
    DossierId dossier_;
    LogId log_;
};

}  // namespace hoso::bench
