"""The task class of the house: asking for work never undoes what has already been saved."""

from celery.contrib.django.task import DjangoTask
from django.db import transaction


class HouseTask(DjangoTask):
    def delay_on_commit(self, *args, **kwargs):
        """Queues after commit. When the queue is gone the failure is logged and a sweep finds the row later."""

        def queue():
            self.delay(*args, **kwargs)

        transaction.on_commit(queue, robust=True)
