package kernel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Loop runs a body over independent items on all cores. It is made once and run
// many times, because starting it allocates nothing. A body gets its item and
// the number of the worker that runs it, below [Workers], for scratch memory.
//
// What a body computes must not depend on the worker, so that results are the
// same on any number of cores.
type Loop struct {
	body    func(worker, item int)
	items   int
	next    atomic.Int64
	workers atomic.Int64
	done    sync.WaitGroup
}

// NewLoop returns a loop over body.
func NewLoop(body func(worker, item int)) *Loop { return &Loop{body: body} }

// Workers returns the largest number of workers that a loop uses: one in
// WebAssembly, elsewhere the number of processors when the program started.
func Workers() int { return workers }

var (
	workers = runtime.GOMAXPROCS(0)
	pool    = make(chan *Loop)
	start   = sync.OnceFunc(func() {
		for range workers - 1 {
			go func() {
				for l := range pool {
					l.work()
					l.done.Done()
				}
			}()
		}
	})
)

// Run calls the body for the items 0 to n-1 and returns when all are done. A loop
// runs once at a time. Cores that are busy with another loop do not help, so a body
// may run a loop itself.
func (l *Loop) Run(n int) {
	l.items = n
	l.next.Store(0)
	l.workers.Store(0)
	if helpers := min(workers, n) - 1; helpers > 0 {
		start()
		for range helpers {
			l.done.Add(1)
			select {
			case pool <- l:
			default:
				l.done.Done()
			}
		}
	}
	l.work()
	l.done.Wait()
}

func (l *Loop) work() {
	worker := int(l.workers.Add(1)) - 1
	for {
		i := int(l.next.Add(1)) - 1
		if i >= l.items {
			return
		}
		l.body(worker, i)
	}
}
