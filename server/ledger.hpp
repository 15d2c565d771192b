#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/clerk.hpp"

namespace hoso::server {

// The one writer of the log, on a thread of its own: takes all that waits, in groups, one sync to disk for each, and judges the
// next group while the disk has the last one. Answers are called on its thread, in the order of the questions, and must not wait.
class Ledger {
public:
    using News = std::function<void(const sync::server::Grew&)>;

    // `news` is called after each group that is durable and answered.
    Ledger(Province& province, const run::Clock& clock, const Limits& limits, const Journal& journal, News news);
    ~Ledger();
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;

    // From any thread.
    void identify(sync::server::Identify asked, Answer answer);                     // with Known
    void store(Petition petition);                                                  // refused at once when too many wait
    void file_stored(const log::FileId& file, std::function<void(Position)> told);  // as StoredFile
    Citations& citations() { return clerk_.citations(); }
    sync::server::Grew newest() const;  // what is durable
    void stop();                        // returns when what waits is answered; later questions are not

private:
    struct Question {
        sync::server::Identify asked;
        Answer answer;
    };
    void work();
    struct Work {
        std::vector<Question> questions;
        std::vector<Petition> petitions;
        std::vector<StoredFile> files;
        bool empty() const { return questions.empty() && petitions.empty() && files.empty(); }
    };
    bool take(Work& work);
    void advance();
    bool settle();
    void flush();
    void tidy_when_idle();
    bool idle() const;
    void publish();

    const Limits& limits_;
    News news_;

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    Work waiting_;
    std::size_t waiting_bytes_ = 0;
    bool stopping_ = false;

    Clerk clerk_;  // the thread's alone once it runs
    sync::server::Grew newest_;
    Position tidied_;  // size of the log when it was last put in order

    std::thread thread_;
};

}  // namespace hoso::server
